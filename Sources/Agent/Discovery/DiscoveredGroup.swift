/// A label of a discovered target, before relabeling; its value may be empty, which relabeling takes for absent.
public struct MetaLabel: Hashable, Sendable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Targets that were found together, and what is known of all of them.
///
/// Source: Prometheus' `targetgroup.Group`.
public struct DiscoveredGroup: Hashable, Sendable {
  /// Tells groups of one provider apart, such as `pod/default/web-0` or `/etc/targets.json:0`.
  public var source: String
  /// For targets that haven't a label of the same name. Sorted by name.
  public var labels: [MetaLabel]
  /// Each with `__address__`, sorted by name.
  public var targets: [[MetaLabel]]

  public init(source: String, labels: [MetaLabel] = [], targets: [[MetaLabel]] = []) {
    self.source = source
    self.labels = labels
    self.targets = targets
  }
}

extension DiscoveredGroup {
  /// What the scraper takes.
  public var targetGroup: TargetGroup {
    TargetGroup(targets: targets.map(\.labels), labels: labels.labels)
  }
}

extension [MetaLabel] {
  var labels: Labels { Labels(map { ($0.name, $0.value) }) }

  /// Sorted by the bytes of the names, each once: of equal names the last one holds.
  static func unique(_ pairs: [(name: String, value: String)]) -> [MetaLabel] {
    var values: [String: String] = [:]
    for pair in pairs { values[pair.name] = pair.value }
    return values.map { MetaLabel($0.key, $0.value) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  public subscript(_ name: String) -> String? { first { $0.name == name }?.value }
}
