/// A time as RFC 3339 has it, in UTC with milliseconds: `2026-11-22T19:45:36.123Z`.
///
/// The format has four digits for the year; what lies outside is given as the nearest time it can say.
public struct Timestamp: Hashable, Sendable, CustomStringConvertible {
  /// Since 1970.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  private static let dayLength: Int64 = 86_400_000
  /// 0000-01-01T00:00:00.000Z.
  private static let first: Int64 = -62_167_219_200_000
  /// 9999-12-31T23:59:59.999Z.
  private static let last: Int64 = 253_402_300_799_999

  public var description: String {
    let clamped = min(max(milliseconds, Self.first), Self.last)
    let sinceFirst = clamped - Self.first
    let (year, month, day) = Self.date(ofDay: sinceFirst / Self.dayLength)
    let time = sinceFirst % Self.dayLength
    return digits(year, 4) + "-" + digits(month, 2) + "-" + digits(day, 2) + "T" + digits(time / 3_600_000, 2) + ":"
      + digits(time / 60_000 % 60, 2) + ":" + digits(time / 1000 % 60, 2) + "." + digits(time % 1000, 3) + "Z"
  }

  /// Days are counted from 0000-01-01 of the Gregorian calendar. Years are taken to begin in March, so that the leap day is their last.
  private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let cycleLength: Int64 = 146_097
    // From 1 March of the year -400 on: everything stays positive.
    let shifted = day - 60 + cycleLength
    let inCycle = shifted % cycleLength
    let yearInCycle = (inCycle - inCycle / 1460 + inCycle / 36_524 - inCycle / (cycleLength - 1)) / 365
    let inYear = inCycle - (365 * yearInCycle + yearInCycle / 4 - yearInCycle / 100)
    let monthFromMarch = (5 * inYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = (shifted / cycleLength - 1) * 400 + yearInCycle + (month <= 2 ? 1 : 0)
    return (year, month, inYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}

private func digits(_ number: Int64, _ count: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, count - text.count)) + text
}
