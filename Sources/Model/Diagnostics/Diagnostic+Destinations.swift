/// What is wrong with destinations beside the centre.
extension Diagnostic {
  static func destinationWithoutURL(_ destination: Destination) -> Diagnostic {
    Diagnostic(
      .error,
      "destination-url",
      "destination '\(destination.name)' has no address",
      at: destination.location,
      help: "write one into \(Destination.path(destination.name, "url"))"
    )
  }

  static func destinationTwice(_ model: Configuration, _ other: String) -> Diagnostic {
    Diagnostic(
      .warning,
      "destination-twice",
      "destination '\(model.destinationName)' and '\(other)' are one address, \(model.writeURL): it gets every sample twice",
      among: [Settings.centralURL.info, Settings.centralWritePath.info],
      of: model,
      help: "delete one of them, or change its address"
    )
  }

  static func tooManyDestinations(_ destinations: [Destination]) -> Diagnostic {
    Diagnostic(
      .error,
      "too-many-destinations",
      "\(destinations.count) destinations beside the centre are more than the \(Destination.countMax) that one queue serves",
      at: destinations[Destination.countMax].location,
      help: "let a receiver pass samples on to others"
    )
  }
}
