internal import Model

/// What rescfg's own scraper can't do for a scrape config.
extension Diagnostic {
  static func badPattern(_ failure: PatternFailure, _ node: Node) -> Diagnostic {
    var location = node.location
    // Between quotes an escape may take more columns than one.
    if case .scalar(_, isPlain: true) = node.content { location.column += failure.offset }
    return Diagnostic(
      .error,
      "bad-pattern",
      "the regex can't be used: \(failure.message)",
      at: location,
      help: "write it in RE2's syntax; it has to match all of the text, and '\\' before a sign means the sign itself"
    )
  }

  static func unsupportedField(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "scraper-unsupported",
      "rescfg's own scraper doesn't know '\(name.shown)'",
      at: location,
      help: "delete it, or set \(Settings.collector.info.path) to prometheus"
    )
  }

  static func fieldWithoutEffect(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .warning,
      "scraper-no-effect",
      "'\(name.shown)' has no effect on rescfg's own scraper",
      at: location,
      help: "delete it, or set \(Settings.collector.info.path) to prometheus"
    )
  }

  static func redirectsNotFollowed(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "scraper-unsupported",
      "rescfg's own scraper follows no redirects: a target could send it anywhere in the cluster",
      at: location,
      help: "delete the line and scrape the place that the target redirects to"
    )
  }

  static func unsupportedProtocol(_ name: String, at location: Location) -> Diagnostic {
    let names = ScrapeProtocol.allCases.map(\.rawValue).joined(separator: ", ")
    return Diagnostic(
      .error,
      "scraper-unsupported",
      "rescfg's own scraper doesn't read '\(name.shown)'",
      at: location,
      help: "it reads \(names)"
    )
  }

  static func noProtocol(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "missing-value",
      "scrape_protocols is empty",
      at: location,
      help: "name one format at least, or delete the line"
    )
  }

  static func severalAuthorizations(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "field-refused",
      "a request has one authorization, and this is a second one",
      at: location,
      help: "keep one of basic_auth, authorization and bearer_token_file"
    )
  }

  static func authorizationWithoutFile(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "missing-field",
      "this authorization has no credentials",
      at: location,
      help: "mount them as a file and name that in 'credentials_file'"
    )
  }

  static func inlineCertificate(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "scraper-unsupported",
      "rescfg's own scraper reads certificates from files only",
      at: location,
      help: "mount it as a file and name that in '\(name)_file'"
    )
  }

  static func timeoutBeyondInterval(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "timeout-over-interval",
      "scrape_timeout is longer than the interval between scrapes",
      at: location,
      help: "lower it, or raise scrape_interval"
    )
  }
}
