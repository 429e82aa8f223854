/// What is wrong in Prometheus' own vocabulary.
extension Diagnostic {
  static func notAnObject(_ title: String, _ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "a \(title) is a mapping; this is \(node.described)",
      at: node.location,
      help: "write its fields as 'key: value'"
    )
  }

  static func unknownField(_ key: String, of vocabulary: Vocabulary, at location: Location) -> Diagnostic {
    let near = suggestion(for: key, among: vocabulary.fields.map(\.name))
    let names = vocabulary.fields.map(\.name).filter { !$0.hasSuffix("_sd_configs") }
    return Diagnostic(
      .error,
      "unknown-field",
      "a \(vocabulary.title) has no '\(key.shown)'",
      at: location,
      help: near.map { "did you mean '\($0)'?" }
        ?? (names.count <= 12 ? "it has \(names.joined(separator: ", "))" : "see Prometheus' configuration reference")
    )
  }

  static func missingField(_ name: String, of vocabulary: Vocabulary, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "missing-field",
      "this \(vocabulary.title) has no '\(name)'",
      at: location,
      help: "every \(vocabulary.title) needs one"
    )
  }

  static func emptyField(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(.error, "missing-value", "\(name) is empty", at: location, help: "give it a value")
  }

  static func fieldWithoutValue(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "missing-value",
      "\(name.shown) has no value",
      at: location,
      help: "give it one or delete the line"
    )
  }

  static func mistypedField(_ name: String, _ expectation: String, _ node: Node, help: String) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "\(name.shown) must be \(expectation); this is \(node.described)",
      at: node.location,
      help: help
    )
  }

  static func unknownWord(_ text: String, of name: String, _ words: [Vocabulary.Word], _ node: Node) -> Diagnostic {
    let near = suggestion(for: text, among: words.map(\.word))
    return Diagnostic(
      .error,
      "unknown-choice",
      "\(name) can't be '\(text.shown)'",
      at: node.location,
      help: (near.map { "did you mean '\($0)'? " } ?? "") + "It is one of \(words.map(\.word).joined(separator: ", "))"
    )
  }

  public static func labelName(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "label-name",
      "a label can't be called '\(name.shown)'",
      at: location,
      help: "write letters, digits and '_', not beginning with a digit or '__'"
    )
  }

  static func inlineSecret(_ name: String, _ instead: String?, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "inline-secret",
      "'\(name.shown)' is a secret, which no model holds: it would end in Git and in every artifact",
      at: location,
      help: instead.map { "mount it as a file and name that in '\($0)'" }
        ?? "let the discovery use the node's own identity, or run it outside and read its file with file_sd_configs"
    ).withoutSource
  }

  public static func secretInURL(
    _ name: String,
    at location: Location,
    help: String = "write the URL without it; 'basic_auth' takes a 'password_file'"
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "inline-secret",
      "\(name) holds a user or password, which no model does",
      at: location,
      help: help
    ).withoutSource
  }

  static func neverTrue(_ name: String, _ instead: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "insecure",
      "\(name) lets anyone in between answer for the target",
      at: location,
      help: instead
    )
  }

  static func fieldOfLaterVersion(
    _ name: String,
    since: PrometheusVersion,
    _ version: PrometheusVersion,
    at location: Location
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "field-of-later-version",
      "Prometheus \(version) doesn't know '\(name)', which came with \(since)",
      at: location,
      help: "delete it, or set \(Settings.prometheusVersion.info.path) to \"\(since)\" or later"
    )
  }

  static func fieldOfEarlierVersion(
    _ name: String,
    _ gone: Vocabulary.Field.Gone,
    _ version: PrometheusVersion,
    at location: Location
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "field-of-earlier-version",
      "Prometheus \(version) doesn't know '\(name)' any more; \(gone.after) was the last minor release that did",
      at: location,
      help: "write '\(gone.newName)'"
    )
  }

  static func duplicateJob(_ name: String, at location: Location, first: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "duplicate-job",
      "a second scrape config is called '\(name.shown)'",
      at: location,
      help: "Prometheus wants each job_name once: rename it, or give the first both lists of targets",
      related: [Related("the first one", at: first)]
    )
  }

  static func relabelNeeds(_ field: String, _ action: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "missing-field",
      "relabelling with '\(action)' needs '\(field)'",
      at: location,
      help: "add '\(field)'" + (action == "replace" ? "; 'replace' is what a relabel config without 'action' does" : "")
    )
  }

  static func relabelRefuses(_ field: String, _ action: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "field-refused",
      "relabelling with '\(action)' takes no '\(field)'",
      at: location,
      help: "delete it, or choose another action"
    )
  }

  static func ruleWithoutName(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "missing-field",
      "this rule has neither 'alert' nor 'record'",
      at: location,
      help: "write 'alert: Name' for an alert, 'record: name' for a recording rule"
    )
  }

  static func ruleWithTwoNames(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "field-refused",
      "a rule has either 'alert' or 'record'",
      at: location,
      help: "make two rules of it"
    )
  }

  static func recordName(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "bad-format",
      "a recording rule can't be called '\(name.shown)'",
      at: location,
      help: "write a metric name: letters, digits, '_' and ':', not beginning with a digit"
    )
  }

  static func onlyForAlerts(_ field: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "field-refused",
      "a recording rule takes no '\(field)'",
      at: location,
      help: "delete it: only alerts have it"
    )
  }

  static func discoveryOnlyInPrometheus(_ field: String, _ model: Configuration, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "discovery-unknown",
      "rescfg's own scraper doesn't know '\(field)'",
      at: location,
      help:
        "set \(Settings.collector.info.path) to prometheus, or use static_configs, file_sd_configs, http_sd_configs or "
        + "kubernetes_sd_configs"
    )
  }

  static func timeoutOverInterval(
    _ timeout: PrometheusDuration,
    _ interval: PrometheusDuration,
    isOwn: Bool,
    at location: Location
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "timeout-over-interval",
      "scrape_timeout \(timeout.spelling) is longer than the interval between scrapes, \(interval.spelling)"
        + (isOwn ? "" : " (\(Settings.scrapeInterval.info.path))"),
      at: location,
      help: "lower it to \(interval.spelling), or raise the interval"
    )
  }
}
