extension Configuration {
  /// What is wrong with the destinations beside the centre: what would be wrong with it in their place, and what only they can have.
  ///
  /// - Parameter unusable: paths of settings that have no value yet; of a destination that has such, nothing is said.
  func destinationFindings(except unusable: Set<String>) -> [Diagnostic] {
    if destinations.isEmpty { return [] }
    var findings: [Diagnostic] = []
    if destinations.count > Destination.countMax { findings.append(.tooManyDestinations(destinations)) }
    var names = [writeURL: Destination.centre]
    for destination in destinations {
      if Settings.destination(destination.name).contains(where: { unusable.contains($0.path) }) { continue }
      let model = toward(destination.name)
      guard model.location(of: Settings.centralURL.info) != nil else {
        findings.append(.destinationWithoutURL(destination))
        continue
      }
      if let other = names[model.writeURL] { findings.append(.destinationTwice(model, other)) }
      names[model.writeURL] = destination.name
      findings += Check.ofDestination.flatMap { $0.findings(model) }
      findings += Check.withoutEffect(model, among: Settings.ofDestination.map(\.info))
    }
    return findings
  }

  /// For a sentence.
  var receiver: String { destinationName == Destination.centre ? "the centre" : "destination '\(destinationName)'" }
}

extension Check {
  /// What is said of the centre and holds for every destination.
  fileprivate static let ofDestination = [
    survivalFitsWindow, freshSamplesPass, windowIsPossible, remoteWriteProtocolIsKnown, centreGetsSignedRequests,
    secretsGoOverTLS, receiverIsNotOpen,
  ]
}
