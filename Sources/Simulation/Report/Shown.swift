/// Numbers as people read them, without any locale.
enum Shown {
  static func count(_ value: Double) -> String {
    for (size, unit) in [(1e12, "T"), (1e9, "G"), (1e6, "M")] as [(Double, String)] where value >= size {
      return decimal(value / size) + " " + unit
    }
    return grouped(Int64(value.rounded()))
  }

  /// `345,000`.
  private static func grouped(_ number: Int64) -> String {
    let digits = Array(String(number))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0, text != "-" { text += "," }
      text.append(digit)
    }
    return text
  }

  static func bytes(_ value: Double) -> String {
    for (power, unit) in [(4, "TiB"), (3, "GiB"), (2, "MiB"), (1, "KiB")] as [(Int, String)] {
      let size = Double(1 << (10 * power))
      if value >= size { return decimal(value / size) + " " + unit }
    }
    return String(Int64(value.rounded())) + " B"
  }

  /// To the second, below a minute to the tenth.
  static func duration(_ milliseconds: Double) -> String {
    if milliseconds < 60_000 { return decimal(milliseconds / 1000) + " s" }
    let seconds = Int64((milliseconds / 1000).rounded())
    let parts = [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
    return parts.drop { $0.0 == 0 }.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
  }

  /// One moment or two, in milliseconds since the beginning.
  static func span(_ first: Int64, _ last: Int64) -> String {
    let start = duration(Double(first))
    return first == last ? start : "\(start) to \(duration(Double(last)))"
  }

  /// With one digit behind the point, two below ten.
  static func decimal(_ value: Double) -> String {
    let digits = value < 10 ? 2 : 1
    let factor: Int64 = digits == 2 ? 100 : 10
    let scaled = Int64((value * Double(factor)).rounded())
    let fraction = String(scaled % factor)
    return "\(scaled / factor)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  static func value(_ value: ReportValue) -> String {
    guard let number = value.value else { return "never" }
    return switch value.unit {
    case .samples, .count: count(number)
    case .bytes: bytes(number)
    case .milliseconds: duration(number)
    case .perSecond: count(number) + "/s"
    }
  }
}
