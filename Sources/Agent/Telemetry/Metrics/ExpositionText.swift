import Model

/// Metrics as text. Both formats in one place, as they differ in four points only: OpenMetrics ends with `# EOF`, escapes quotes in
/// help texts, names a counter's family without `_total`, and writes bucket bounds with a decimal point.
struct ExpositionText {
  let format: MetricsFormat
  private(set) var text = ""

  init(_ format: MetricsFormat) { self.format = format }

  mutating func append(_ family: MetricFamily) {
    var name = family.name
    if format == .openMetrics, family.kind == .counter, name.hasSuffix("_total") { name.removeLast("_total".count) }
    text += "# HELP \(name) \(escapedHelp(family.help))\n# TYPE \(name) \(family.kind.rawValue)\n"
    for point in family.points { append(point, of: family) }
  }

  mutating func end() {
    if format == .openMetrics { text += "# EOF\n" }
  }

  private mutating func append(_ point: MetricPoint, of family: MetricFamily) {
    var labels = ""
    for (label, value) in zip(family.labels, point.labelValues) {
      labels += (labels.isEmpty ? "" : ",") + label + "=\"" + escaped(value, quotes: true) + "\""
    }
    switch point.value {
    case .count(let count): line(family.name, labels, String(count))
    case .milliseconds(let time): line(family.name, labels, decimal(time, fractionDigits: 3))
    case .histogram(let histogram): append(histogram, named: family.name, labels)
    }
  }

  private mutating func append(_ histogram: DurationHistogram, named name: String, _ labels: String) {
    let prefix = labels.isEmpty ? "" : labels + ","
    var below: UInt64 = 0
    for (bound, count) in zip(histogram.bounds, histogram.counts) {
      below += count
      line(name + "_bucket", prefix + "le=\"" + written(bound: bound) + "\"", String(below))
    }
    line(name + "_bucket", prefix + "le=\"+Inf\"", String(histogram.count))
    line(name + "_sum", labels, decimal(Int64(clamping: histogram.sum), fractionDigits: 6))
    line(name + "_count", labels, String(histogram.count))
  }

  private mutating func line(_ name: String, _ labels: String, _ value: String) {
    text += name
    if !labels.isEmpty { text += "{" + labels + "}" }
    text += " " + value + "\n"
  }

  private func written(bound: Int64) -> String {
    let seconds = decimal(bound, fractionDigits: 6)
    return format == .openMetrics && !seconds.utf8.contains(UInt8(ascii: ".")) ? seconds + ".0" : seconds
  }

  private func escapedHelp(_ help: String) -> String { escaped(help, quotes: format == .openMetrics) }

  private func escaped(_ value: String, quotes: Bool) -> String {
    guard
      value.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\"") })
    else { return value }
    var output = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\"" where quotes: output += "\\\""
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}

/// A whole number of smaller units as a decimal number of larger ones, exactly: 1500 with three digits is `1.5`.
func decimal(_ number: Int64, fractionDigits: Int) -> String {
  var digits = String(number.magnitude)
  if digits.utf8.count <= fractionDigits {
    digits = String(repeating: "0", count: fractionDigits + 1 - digits.utf8.count) + digits
  }
  let split = digits.index(digits.endIndex, offsetBy: -fractionDigits)
  var fraction = digits[split...]
  while fraction.last == "0" { fraction.removeLast() }
  return (number < 0 ? "-" : "") + digits[..<split] + (fraction.isEmpty ? "" : "." + fraction)
}
