import Model

/// What a value in the wrong spelling was most likely meant to be: `30 seconds` → `30s`, `1.5h` → `1h30m`, `10GB` →
/// `10Gi`, `0.5` → `500m`. `nil` where that would be a guess.
enum UnitRepair {
  static func duration(_ text: String) -> String? {
    guard let parts = amounts(in: text), !parts.isEmpty else { return nil }
    var total = 0.0
    for part in parts {
      guard let milliseconds = durationUnits[part.unit] else { return nil }
      total += part.amount * milliseconds
    }
    guard total >= 1, total < 1e15, total == total.rounded() else { return nil }
    return PrometheusDuration(milliseconds: Int(total)).spelling
  }

  private static let durationUnits: [String: Double] = [
    "ms": 1, "msec": 1, "msecs": 1, "millis": 1, "milliseconds": 1,
    "s": 1000, "sec": 1000, "secs": 1000, "second": 1000, "seconds": 1000,
    "m": 60_000, "min": 60_000, "mins": 60_000, "minute": 60_000, "minutes": 60_000,
    "h": 3_600_000, "hr": 3_600_000, "hrs": 3_600_000, "hour": 3_600_000, "hours": 3_600_000,
    "d": 86_400_000, "day": 86_400_000, "days": 86_400_000,
    "w": 604_800_000, "week": 604_800_000, "weeks": 604_800_000,
    "y": 31_536_000_000, "year": 31_536_000_000, "years": 31_536_000_000,
  ]

  static func bytes(_ text: String) -> String? {
    guard let parts = amounts(in: text), parts.count == 1 else { return nil }
    let (amount, unit) = parts[0]
    if unit.isEmpty || unit == "b" || unit == "bytes" { return quantity(amount) }
    guard let factor = byteUnits[unit] else { return nil }
    return quantity(amount * factor)
  }

  private static let byteUnits: [String: Double] = [
    "k": 1024, "kb": 1024, "ki": 1024, "kib": 1024,
    "mb": 1_048_576, "mi": 1_048_576, "mib": 1_048_576,
    "g": 1_073_741_824, "gb": 1_073_741_824, "gi": 1_073_741_824, "gib": 1_073_741_824,
    "t": 1_099_511_627_776, "tb": 1_099_511_627_776, "ti": 1_099_511_627_776, "tib": 1_099_511_627_776,
  ]

  /// A number of bytes in the largest binary unit that holds it without a fraction.
  private static func quantity(_ bytes: Double) -> String? {
    guard bytes >= 1, bytes < 1e15, bytes == bytes.rounded() else { return nil }
    let whole = Int(bytes)
    for (suffix, factor) in [("Ti", 1 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)]
    where whole % factor == 0 { return "\(whole / factor)\(suffix)" }
    return nil
  }

  static func cores(_ text: String) -> String? {
    guard let parts = amounts(in: text), parts.count == 1 else { return nil }
    let (amount, unit) = parts[0]
    let thousandths: Double
    switch unit {
    case "", "c", "cpu", "cpus", "core", "cores", "vcpu": thousandths = amount * 1000
    case "milli", "millis", "mcpu", "millicpu", "millicore", "millicores": thousandths = amount
    default: return nil
    }
    guard thousandths >= 1, thousandths < 1e9, thousandths == thousandths.rounded() else { return nil }
    let whole = Int(thousandths)
    return whole % 1000 == 0 ? String(whole / 1000) : "\(whole)m"
  }

  /// Splits `1h 30 min` into numbers and lower-case words; `nil` where it isn't made of those.
  private static func amounts(in text: String) -> [(amount: Double, unit: String)]? {
    var rest = Substring(text.lowercased())
    var result: [(Double, String)] = []
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let amount = Double(number), amount.isFinite, amount < 1e15, result.count < 8 else { return nil }
      rest = rest.dropFirst(number.count).drop { $0 == " " }
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count).drop { $0 == " " }
      result.append((amount, String(unit)))
    }
    return result
  }
}
