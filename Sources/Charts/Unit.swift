/// What the values of a panel count, which decides where its axis has marks and how a value is written.
public enum Unit: Hashable, Sendable {
  /// Things: `12.3 M samples`.
  case count(String)
  /// Things a second: `1.33 k samples/s`.
  case rate(String)
  /// `82.4 MiB`.
  case bytes
  /// `82.4 MiB/s`.
  case bytesPerSecond
  /// `1h30m`.
  case seconds
  /// A share of one: `80 %`.
  case share

  /// The value with its unit, three digits of it, for a sentence.
  public func text(_ value: Double) -> String {
    switch self {
    case .count(let things), .rate(let things):
      "\(decimalText(value)) \(things)\(self == .rate(things) ? "/s" : "")"
    case .bytes, .bytesPerSecond, .seconds, .share: mark(value)
    }
  }

  /// The value as an axis has it, where its title says what is counted.
  func mark(_ value: Double) -> String {
    switch self {
    case .count, .rate: decimalText(value)
    case .bytes: binaryText(value)
    case .bytesPerSecond: binaryText(value) + "/s"
    case .seconds: durationText(value)
    case .share: trimmed(value * 100, 1) + " %"
    }
  }

  /// What an axis's title adds to the panel's.
  var heading: String {
    switch self {
    case .count(let things): ", \(things)"
    case .rate(let things): ", \(things)/s"
    case .bytes, .bytesPerSecond, .seconds, .share: ""
    }
  }
}
