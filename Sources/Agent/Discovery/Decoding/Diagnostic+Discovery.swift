internal import Model

/// What rescfg's own discovery can't do for a scrape config.
extension Diagnostic {
  static func unsupportedRole(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "scraper-unsupported",
      "rescfg's own scraper discovers pods and nodes only",
      at: location,
      help: "use the role pod or node, or set \(Settings.collector.info.path) to prometheus"
    )
  }

  static func badFilePattern(_ pattern: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "bad-file-pattern",
      "'\(pattern.shown)' names no files of targets",
      at: location,
      help: "end it in .json, .yml or .yaml, and write '*' and '?' behind the last '/' only"
    )
  }

  static func noFiles(at location: Location) -> Diagnostic {
    Diagnostic(.error, "missing-value", "no files to read targets from", at: location, help: "name one in 'files'")
  }

  static func badURL(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "bad-url",
      "not a URL of a server",
      at: location,
      help: "write it as http://host:port/path or https://host:port/path"
    )
  }

  static func clientWithoutServer(_ field: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "field-refused",
      "'\(field.shown)' needs an api_server: without one the pod's service account is used",
      at: location,
      help: "add api_server, or delete this"
    )
  }

  static func noCluster(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "no-cluster",
      "this process doesn't run in a cluster, and no API server is named",
      at: location,
      help: "add api_server"
    )
  }

  static func foreignSelector(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "selector-role",
      "a selector of another role selects nothing here",
      at: location,
      help: "use the role of the discovery; for pods, node selects what attach_metadata reads"
    )
  }

  static func secondSelector(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "selector-role",
      "a second selector of this role",
      at: location,
      help: "put both conditions into one, separated by a comma"
    )
  }

  static func noOwnNamespace(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "no-cluster",
      "the own namespace is known to a pod only, for its own cluster",
      at: location,
      help: "name the namespace in 'names'"
    )
  }
}
