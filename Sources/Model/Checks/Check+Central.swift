extension Check {
  /// Amazon's service refuses what isn't signed.
  static let centreGetsSignedRequests = Check(
    of: Settings.centralKind.info,
    Settings.centralAuthentication.info
  ) { model in
    model[Settings.centralKind] == .amp && model[Settings.centralAuthentication] != .sigv4
      ? [.centreUnsigned(model)] : []
  }

  /// What is secret goes over TLS; certificates mean nothing without it.
  static let secretsGoOverTLS = Check(
    of: Settings.centralURL.info,
    Settings.centralAuthentication.info,
    Settings.centralTLS.info
  ) { model in
    if model[Settings.centralURL].hasPrefix("https://") { return [] }
    if model[Settings.centralTLS] != .system { return [.certificatesUnused(model)] }
    return model[Settings.centralAuthentication].file == nil ? [] : [.secretInTheClear(model)]
  }
}

extension Configuration {
  /// How late a sample may come, in words.
  var lateness: String {
    let window = named(Settings.outOfOrderWindow.info)
    if self[Settings.outOfOrderWindow].milliseconds == 0 { return "an hour, as \(window)" }
    guard let most = self[Settings.centralKind].longestWindow, most < self[Settings.outOfOrderWindow] else {
      return window
    }
    return "\(most.spelling), the most of \(named(Settings.centralKind.info))"
  }
}
