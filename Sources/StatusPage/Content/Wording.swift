import Agent
import Charts
import Model

/// `12m4s` of milliseconds.
func duration(_ milliseconds: Int64) -> String { durationText(Double(milliseconds) / 1000) }

/// `1.2 M samples`.
func samples(_ count: UInt64) -> String { "\(decimalText(Double(count))) \(count == 1 ? "sample" : "samples")" }

/// `6 k/s`; a rate that is no number is none.
func rate(_ perSecond: Double) -> String { perSecond.isFinite ? "\(decimalText(perSecond))/s" : "unknown" }

/// `82.4 MiB`.
func size(_ bytes: UInt64) -> String { binaryText(Double(bytes)) }

/// To the last digit, with commas: `1,234,567`.
func exact(_ count: UInt64) -> String {
  var groups: [String] = []
  var rest = count
  while rest >= 1000 {
    let digits = String(rest % 1000)
    groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
    rest /= 1000
  }
  return ([String(rest)] + groups.reversed()).joined(separator: ",")
}

/// `1 target`, `4,200 targets`.
func counted(_ count: Int, _ thing: String) -> String {
  "\(exact(UInt64(max(0, count)))) \(thing)\(count == 1 ? "" : "s")"
}

/// Milliseconds from one time to another. Timestamps come from outside: any 64 bits.
func difference(_ later: Int64, _ earlier: Int64) -> Int64 {
  let (difference, overflow) = later.subtractingReportingOverflow(earlier)
  return overflow ? (later < earlier ? Int64.min : Int64.max) : difference
}

/// `6s ago`; where clocks differ, what is ahead of ours is that.
func age(_ time: Int64, _ now: Int64) -> String {
  let age = difference(now, time)
  if age == 0 { return "now" }
  return age < 0 ? "\(duration(min(age.magnitude, UInt64(Int64.max)).asInt)) ahead" : "\(duration(age)) ago"
}

extension UInt64 {
  fileprivate var asInt: Int64 { Int64(clamping: self) }
}

/// A text from outside, cut where it takes more room than it is worth.
func shortened(_ text: String, to count: Int) -> String {
  let scalars = text.unicodeScalars
  guard let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex),
    end < scalars.endIndex
  else { return text }
  return String(scalars[..<end]) + "\u{2026}"
}

/// How much room texts from outside have.
enum Room {
  /// Of names and labels, in characters.
  static let name = 120
  static let url = 200
  static let error = 300
}

/// Counts that aren't zero, by their names: `too old 5, other 2`.
func parts<Label: FixedLabel>(_ tally: Tally<Label>) -> String {
  Label.allCases.filter { tally[$0] > 0 }.map { "\(words($0.rawValue)) \(exact(tally[$0]))" }.joined(separator: ", ")
}

/// A name of the metrics as words: `disk_full` is `disk full`.
func words(_ name: String) -> String {
  String(decoding: name.utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }, as: UTF8.self)
}
