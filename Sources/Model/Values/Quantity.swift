/// A Kubernetes resource quantity (`10Gi`, `500m`, `2`), which keeps its spelling.
///
/// Source: Kubernetes API, `resource.Quantity`. Only the forms people write: an integer with an optional suffix. `1e3`,
/// `1.5Gi` and signs are refused.
public struct Quantity: Hashable, Sendable, Comparable {
  public let spelling: String
  /// Thousandths of a byte, or of a core.
  public let thousandths: Int

  public static let suffixes: [(suffix: String, thousandths: Int)] = [
    ("Ki", 1024 * 1000), ("Mi", 1_048_576 * 1000), ("Gi", 1_073_741_824 * 1000), ("Ti", 1_099_511_627_776 * 1000),
    ("k", 1_000_000), ("M", 1_000_000_000), ("G", 1_000_000_000_000), ("T", 1_000_000_000_000_000), ("m", 1),
    ("", 1000),
  ]

  public static let pattern = "^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$"

  public init?(_ text: String) {
    let digits = text.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard !digits.isEmpty, digits.count <= 15, let count = Int(String(decoding: digits, as: UTF8.self)) else {
      return nil
    }
    let suffix = String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self)
    guard let unit = Self.suffixes.first(where: { $0.suffix == suffix }) else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: unit.thousandths)
    if overflow { return nil }
    spelling = text
    thousandths = product
  }

  /// Bytes, or cores.
  public var value: Double { Double(thousandths) / 1000 }

  public static func < (left: Self, right: Self) -> Bool { left.thousandths < right.thousandths }
  public static func == (left: Self, right: Self) -> Bool { left.thousandths == right.thousandths }
  public func hash(into hasher: inout Hasher) { hasher.combine(thousandths) }
}

extension Quantity: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    guard let quantity = Quantity(text) else { preconditionFailure("BUG: '\(text)' is no quantity") }
    self = quantity
  }
}
