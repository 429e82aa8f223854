/// One relabel config, ready to be applied.
///
/// Source: Prometheus configuration reference, `<relabel_config>`; its defaults and what each action does to labels that aren't there.
public struct RelabelRule: Hashable, Sendable {
  public enum Action: String, Hashable, Sendable, CaseIterable {
    case replace, keep, drop, keepequal, dropequal, hashmod, labelmap, labeldrop, labelkeep, lowercase, uppercase
  }

  public let action: Action
  private let sources: [[UInt8]]
  private let separator: [UInt8]
  private let pattern: RelabelPattern
  private let target: RelabelTemplate
  private let replacement: RelabelTemplate
  private let modulus: UInt64

  public init(
    action: Action = .replace,
    sources: [String] = [],
    separator: String = ";",
    pattern: RelabelPattern,
    target: String = "",
    replacement: String = "$1",
    modulus: UInt64 = 0
  ) {
    self.action = action
    self.sources = sources.map { Array($0.utf8) }
    self.separator = Array(separator.utf8)
    self.pattern = pattern
    self.target = RelabelTemplate(target, captureNames: pattern.captureNames)
    self.replacement = RelabelTemplate(replacement, captureNames: pattern.captureNames)
    self.modulus = modulus
  }

  /// Changes the labels.
  /// - Returns: whether what has them stays.
  public func apply(to labels: inout Labels) -> Bool {
    switch action {
    case .keep: return pattern.matches(joined(labels))
    case .drop: return !pattern.matches(joined(labels))
    case .keepequal: return labels[targetName] ?? [] == joined(labels)
    case .dropequal: return labels[targetName] ?? [] != joined(labels)
    case .replace: replace(in: &labels)
    case .lowercase: labels[targetName] = Self.mapped(joined(labels)) { $0.properties.lowercaseMapping }
    case .uppercase: labels[targetName] = Self.mapped(joined(labels)) { $0.properties.uppercaseMapping }
    case .hashmod:
      let word = MD5.digest(joined(labels)).suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      labels[targetName] = Array(String(word % modulus).utf8)
    case .labelmap:
      for label in labels {
        guard let captures = pattern.captures(label.name) else { continue }
        let name = replacement.expanded(label.name, captures)
        if !name.isEmpty { labels[name] = label.value }
      }
    case .labeldrop: labels.removeAll { pattern.matches($0) }
    case .labelkeep: labels.removeAll { !pattern.matches($0) }
    }
    return true
  }

  private var targetName: [UInt8] { Array(target.text.utf8) }

  private func joined(_ labels: Labels) -> [UInt8] {
    Array(sources.map { labels[$0] ?? [] }.joined(separator: separator))
  }

  private func replace(in labels: inout Labels) {
    let value = joined(labels)
    guard let captures = pattern.captures(value) else { return }
    let name = target.expanded(value, captures)
    if !name.isEmpty { labels[name] = replacement.expanded(value, captures) }
  }

  /// Scalar by scalar, as Go maps cases: what would become several scalars stays.
  private static func mapped(_ value: [UInt8], _ mapping: (Unicode.Scalar) -> String) -> [UInt8] {
    var result = String.UnicodeScalarView()
    for scalar in String(decoding: value, as: UTF8.self).unicodeScalars {
      let text = mapping(scalar).unicodeScalars
      result.append(text.count == 1 ? text.first ?? scalar : scalar)
    }
    return Array(String(result).utf8)
  }
}

extension Sequence where Element == RelabelRule {
  /// Applies rule after rule.
  /// - Returns: whether what has the labels stays; if not, they are of no use.
  public func apply(to labels: inout Labels) -> Bool {
    for rule in self where !rule.apply(to: &labels) { return false }
    return true
  }
}
