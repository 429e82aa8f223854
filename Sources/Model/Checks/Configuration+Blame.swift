extension Configuration {
  /// Where the setting was written; `nil` for a default.
  public func location(of info: SettingInfo) -> Location? {
    switch resolved(info).origin {
    case .standard: nil
    case .model(let location), .environment(_, let location): location
    }
  }

  /// The setting with its value, for a sentence: `survive 12h`, or `survive 12h (its default)`.
  func named(_ info: SettingInfo) -> String {
    "\(path(of: info)) \(resolved(info).value.written)\(info.unit == "minutes" ? " minutes" : "")"
      + (location(of: info) == nil ? " (its default)" : "")
  }

  /// Where to point for a contradiction among settings: what the environment wrote, else what the model wrote, the
  /// first of each; with the others that were written as related places.
  func blame(_ infos: [SettingInfo]) -> (location: Location?, related: [Diagnostic.Related]) {
    let written = infos.filter { location(of: $0) != nil }
    let inEnvironment = written.first { if case .environment = resolved($0).origin { true } else { false } }
    guard let culprit = inEnvironment ?? written.first else { return (nil, []) }
    let related = written.compactMap { info -> Diagnostic.Related? in
      guard info.path != culprit.path, let location = location(of: info) else { return nil }
      return Diagnostic.Related(named(info), at: location)
    }
    return (location(of: culprit), related)
  }
}

extension Diagnostic {
  /// A contradiction among settings.
  init(
    _ severity: Severity,
    _ code: String,
    _ message: String,
    among infos: [SettingInfo],
    of configuration: Configuration,
    help: String? = nil
  ) {
    let (location, related) = configuration.blame(infos)
    self.init(severity, code, message, at: location, help: help, related: related)
  }
}

/// A size in the largest binary unit, one decimal at most.
func sizeText(_ bytes: Double) -> String {
  for (suffix, factor) in [("Ti", 1_099_511_627_776.0), ("Gi", 1_073_741_824), ("Mi", 1_048_576), ("Ki", 1024)]
  where bytes >= factor {
    return decimal((bytes / factor * 10).rounded() / 10) + suffix
  }
  return decimal(bytes.rounded()) + " B"
}
