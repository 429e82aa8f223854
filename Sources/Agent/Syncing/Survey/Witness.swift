import Samples

/// A series by which it is seen whether a range of a stream's samples is at the centre.
public struct Witness: Hashable, Sendable, Comparable {
  public struct Label: Hashable, Sendable {
    public let name: String
    public let value: String
  }

  /// Sorted by name, the metric's own among them.
  public let labels: [Label]
  /// Of the labels: each comparison looks a witness up once for each segment.
  private let labelsHash: Int

  public init(_ labels: [(name: String, value: String)]) {
    self.labels = labels.map { Label(name: $0.name, value: $0.value) }
    labelsHash = self.labels.hashValue
  }

  /// Nothing where a selector can't name the series: labels beyond what Prometheus took before 3.0, or no metric's name.
  init?(_ labels: [(name: [UInt8], value: [UInt8])]) {
    var result: [Label] = []
    for label in labels {
      guard Self.isPlainName(label.name), let value = String(validating: label.value, as: UTF8.self) else { return nil }
      result.append(Label(name: String(decoding: label.name, as: UTF8.self), value: value))
    }
    guard result.contains(where: { $0.name == "__name__" }) else { return nil }
    self.labels = result
    labelsHash = result.hashValue
  }

  public static func == (left: Witness, right: Witness) -> Bool {
    left.labelsHash == right.labelsHash && left.labels == right.labels
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(labelsHash) }

  private static func isPlainName(_ name: [UInt8]) -> Bool {
    guard let first = name.first, !(0x30...0x39).contains(first) else { return false }
    return name.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x5f
    }
  }

  /// For people and for queries: `{__name__="up",job="node"}`.
  public var selector: String {
    var text = "{"
    for (place, label) in labels.enumerated() {
      if place > 0 { text += "," }
      text += label.name
      text += "="
      Self.append(quoting: label.value, to: &text)
    }
    return text + "}"
  }

  private static func append(quoting value: String, to text: inout String) {
    text += "\""
    defer { text += "\"" }
    if !value.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") })
    {
      text += value
      return
    }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  public static func < (left: Witness, right: Witness) -> Bool {
    for (one, other) in zip(left.labels, right.labels) where one != other {
      return (one.name, one.value) < (other.name, other.value)
    }
    return left.labels.count < right.labels.count
  }
}
