/// The number with so many digits after the point.
///
/// - Parameter value: less than 10^15 either way; what is larger, or no number, is `-`.
public func fixedText(_ value: Double, _ places: Int) -> String {
  guard abs(value) < 1e15, (0...3).contains(places) else { return "-" }
  let factor = [1.0, 10, 100, 1000][places]
  let scaled = Int((abs(value) * factor).rounded())
  let sign = value < 0 && scaled > 0 ? "-" : ""
  if places == 0 { return sign + String(scaled) }
  let fraction = String(scaled % Int(factor))
  return "\(sign)\(scaled / Int(factor)).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
}

/// The same without zeros at the end of the fraction.
public func trimmed(_ value: Double, _ places: Int) -> String {
  let text = fixedText(value, places)
  if !text.utf8.contains(UInt8(ascii: ".")) { return text }
  var bytes = Array(text.utf8)
  while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
  if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
  return String(decoding: bytes, as: UTF8.self)
}

/// `1.33 k`, `57.6 M`: three digits, and the letter of a power of a thousand.
public func decimalText(_ value: Double) -> String {
  prefixedText(value, [("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)], unit: "")
}

/// `82.4 MiB`: three digits, and a power of 1024.
public func binaryText(_ value: Double) -> String {
  prefixedText(
    value,
    [("TiB", 1_099_511_627_776), ("GiB", 1_073_741_824), ("MiB", 1_048_576), ("KiB", 1024)],
    unit: " B"
  )
}

private func prefixedText(_ value: Double, _ prefixes: [(String, Double)], unit: String) -> String {
  for (prefix, factor) in prefixes where abs(value) >= factor * 0.9995 {
    return "\(threeDigits(value / factor)) \(prefix)"
  }
  return threeDigits(value) + unit
}

private func threeDigits(_ value: Double) -> String {
  trimmed(value, abs(value) < 9.995 ? 2 : abs(value) < 99.95 ? 1 : 0)
}

/// `250ms`, `45s`, `1h30m`, `3d`: the two largest units.
public func durationText(_ seconds: Double) -> String {
  guard abs(seconds) < 1e15 else { return "-" }
  if seconds < 0 { return "-" + durationText(-seconds) }
  if seconds == 0 { return "0" }
  if seconds < 1 { return fixedText(seconds * 1000, 0) + "ms" }
  if seconds < 10 { return trimmed(seconds, 1) + "s" }
  let units: [(name: String, seconds: Double)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
  for index in 0..<3 {
    let (unit, next) = (units[index], units[index + 1])
    // What is rounded up to this unit by the digits it would have without it is written with it.
    let digits = units[min(index + 2, 3)].seconds
    if seconds < unit.seconds - digits / 2 { continue }
    let parts = Int((seconds / next.seconds).rounded())
    let count = Int(unit.seconds / next.seconds)
    return "\(parts / count)\(unit.name)" + (parts % count > 0 ? "\(parts % count)\(next.name)" : "")
  }
  return fixedText(seconds, 0) + "s"
}
