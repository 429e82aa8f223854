/// What must hold inside a scrape config, and among them all.
enum ScrapeConfig {
  @Sendable static func problems(of node: Node) -> [Diagnostic] {
    guard let name = node["job_name"], name.text == "" else { return [] }
    return [.emptyField("job_name", at: name.location)]
  }

  /// Two jobs of one name; what is wrong with each.
  public static func problems(ofAll configs: [Node]) -> [Diagnostic] {
    var seen: [String: Location] = [:]
    return configs.flatMap { config -> [Diagnostic] in
      var problems = VocabularyWalk.problems(of: config, .scrapeConfig)
      if let name = config["job_name"], let text = name.text, !text.isEmpty {
        if let first = seen[text] {
          problems.append(.duplicateJob(text, at: name.location, first: first))
        } else {
          seen[text] = name.location
        }
      }
      return problems
    }
  }
}

/// What must hold inside a relabel config.
///
/// Source: Prometheus `relabel.Config.Validate`.
enum RelabelConfig {
  private static let needTarget = ["replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal"]

  @Sendable static func problems(of node: Node) -> [Diagnostic] {
    let action = node["action"]?.text ?? "replace"
    let location = node["action"]?.location ?? node.location
    var problems: [Diagnostic] = []
    if needTarget.contains(action), (node["target_label"]?.text ?? "").isEmpty {
      problems.append(.relabelNeeds("target_label", action, at: location))
    }
    if action == "hashmod", (node["modulus"]?.text ?? "0") == "0" {
      problems.append(.relabelNeeds("modulus", action, at: location))
    }
    let allowed: Set<String>? =
      switch action {
      case "labeldrop", "labelkeep": ["action", "regex"]
      case "keepequal", "dropequal": ["action", "source_labels", "target_label"]
      default: nil
      }
    if let allowed {
      problems += node.pairs.filter { !allowed.contains($0.key) }
        .map { .relabelRefuses($0.key, action, at: $0.keyLocation) }
    }
    return problems
  }
}

/// What must hold inside a rule.
///
/// Source: Prometheus `rulefmt.Rule.Validate`.
enum Rule {
  @Sendable static func problems(of node: Node) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    switch (node["alert"], node["record"]) {
    case (nil, nil): problems.append(.ruleWithoutName(at: node.location))
    case (_?, let record?): problems.append(.ruleWithTwoNames(at: record.location))
    case (let alert?, nil):
      if alert.text == "" { problems.append(.emptyField("alert", at: alert.location)) }
    case (nil, let record?):
      if let name = record.text, !isMetricName(name) { problems.append(.recordName(name, at: record.location)) }
      for pair in node.pairs where ["for", "keep_firing_for", "annotations"].contains(pair.key) {
        problems.append(.onlyForAlerts(pair.key, at: pair.keyLocation))
      }
    }
    if let expression = node["expr"], (expression.text ?? "").allSatisfy(\.isWhitespace) {
      problems.append(.emptyField("expr", at: expression.location))
    }
    for label in node["labels"]?.pairs ?? [] where label.key.hasPrefix("__") {
      problems.append(.labelName(label.key, at: label.keyLocation))
    }
    return problems
  }

  private static func isMetricName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
        || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":")
    }
  }
}
