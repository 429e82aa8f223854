import Model

extension Layer {
  /// Keys besides settings that the top and every overlay have.
  static let sections = [Destination.section, "external_labels", "scrape_configs", "extra_rules"]

  /// Takes a key that may stand at the top as well as in an overlay.
  ///
  /// - Parameter known: the keys besides settings that the place knows, for suggestions.
  mutating func take(_ pair: Node.Pair, sections known: [String], _ findings: inout Findings) {
    switch pair.key {
    case Destination.section: takeDestinations(pair.value, &findings)
    case "external_labels": externalLabels = labels(pair.value, &findings)
    case "scrape_configs":
      scrapeConfigs = list(pair, "scrape configs", &findings)
      findings.report(Vocabulary.problems(scrapeConfigs: scrapeConfigs ?? [], extraRules: []))
    case "extra_rules":
      extraRules = list(pair, "rules", &findings)
      findings.report(Vocabulary.problems(scrapeConfigs: [], extraRules: extraRules ?? []))
    default: take(pair, in: .top, sections: known, &findings)
    }
  }

  private mutating func takeDestinations(_ node: Node, _ findings: inout Findings) {
    guard case .mapping(let pairs) = node.content else {
      findings.report(.destinationsNotAMapping(node))
      return
    }
    for pair in pairs {
      guard Destination.isName(pair.key) else {
        findings.report(.destinationName(pair.key, at: pair.keyLocation))
        continue
      }
      destinations.append(Destination(pair.key, at: pair.keyLocation))
      let group = SettingGroup.destination(pair.key)
      guard case .mapping(let settings) = pair.value.content else {
        findings.report(.notAGroup(group, pair.value))
        continue
      }
      for setting in settings { take(setting, in: group, sections: [], &findings) }
    }
  }

  private mutating func take(
    _ pair: Node.Pair,
    in group: SettingGroup,
    sections: [String],
    _ findings: inout Findings
  ) {
    switch group[pair.key] {
    case .setting(let info):
      do {
        written[info.path] = Written(value: try info.value(of: pair.value), location: pair.value.location)
      } catch {
        unusable.insert(info.path)
        findings.report(error.all)
      }
    case .group(let nested):
      guard case .mapping(let pairs) = pair.value.content else {
        findings.report(.notAGroup(nested, pair.value))
        return
      }
      for pair in pairs { take(pair, in: nested, sections: [], &findings) }
    case nil:
      findings.report(
        .unknownSetting(
          pair.key,
          in: group,
          suggestion: KeySuggestion.path(for: pair.key, in: group, sections: sections),
          isSection: KeySuggestion.sections.contains(pair.key),
          at: pair.keyLocation
        )
      )
    }
  }

  private func list(_ pair: Node.Pair, _ what: String, _ findings: inout Findings) -> [Node]? {
    if case .sequence(let items) = pair.value.content { return items }
    findings.report(.notAList(pair.key, of: what, pair.value))
    return nil
  }

  private func labels(_ node: Node, _ findings: inout Findings) -> [Configuration.ExternalLabel] {
    guard case .mapping(let pairs) = node.content else {
      findings.report(.labelsNotAMapping(node))
      return []
    }
    var labels: [Configuration.ExternalLabel] = []
    for pair in pairs {
      if let problem = Self.problem(of: pair) {
        findings.report(problem)
      } else if case .scalar(let value, _) = pair.value.content {
        labels.append(Configuration.ExternalLabel(pair.key, value, at: pair.keyLocation))
      }
    }
    return labels
  }

  private static func problem(of label: Node.Pair) -> Diagnostic? {
    if !LabelName.isValid(label.key) { return .labelName(label.key, at: label.keyLocation) }
    if let owner = LabelName.reserved[label.key] { return .reservedLabel(label.key, owner, at: label.keyLocation) }
    guard case .scalar(let value, let isPlain) = label.value.content else {
      return .labelNotText(label.key, label.value)
    }
    if isPlain, case .text = PlainScalar(value) {} else if isPlain { return .labelNotText(label.key, label.value) }
    if value.isEmpty { return .labelEmpty(label.key, at: label.value.location) }
    if value.unicodeScalars.contains(where: \.isNoText) {
      return .labelControlCharacter(label.key, at: label.value.location)
    }
    return nil
  }
}
