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
    self[Settings.outOfOrderWindow].milliseconds == 0
      ? "an hour, as \(named(Settings.outOfOrderWindow.info))" : named(Settings.outOfOrderWindow.info)
  }
}
