import Model

/// Times as people and programs write them: RFC 3339, or seconds since 1970.
enum TimeText {
  /// Milliseconds since 1970 as RFC 3339 in UTC, with a fraction only where there is one.
  static func spelled(_ milliseconds: Int64) -> String {
    let (seconds, fraction) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    let carried = fraction < 0 ? (seconds - 1, fraction + 1000) : (seconds, fraction)
    var days = carried.0 / 86_400
    var rest = carried.0 % 86_400
    if rest < 0 { (days, rest) = (days - 1, rest + 86_400) }
    let (year, month, day) = civil(days)
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    let time = "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
    return "\(date)T\(time)\(carried.1 == 0 ? "" : ".\(padded(carried.1, 3))")Z"
  }

  /// Milliseconds since 1970, or nothing if the text is neither form.
  static func milliseconds(_ text: String) -> Int64? {
    if let seconds = Double(text), seconds.isFinite, abs(seconds) < 1e12 { return Int64((seconds * 1000).rounded()) }
    let parts = text.split(separator: "T", maxSplits: 1)
    let date = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, date.count == 3, parts[1].hasSuffix("Z"), date[0].utf8.count == 4,
      let year = number(date[0], 1...9999), let month = number(date[1], 1...12), let day = number(date[2], 1...31)
    else { return nil }
    let clock = parts[1].dropLast().split(separator: ".", omittingEmptySubsequences: false)
    let time = clock[0].split(separator: ":", omittingEmptySubsequences: false)
    guard clock.count <= 2, time.count == 3, let hour = number(time[0], 0...23), let minute = number(time[1], 0...59),
      let second = number(time[2], 0...59)
    else { return nil }
    var fraction: Int64 = 0
    if clock.count == 2 {
      guard (1...9).contains(clock[1].utf8.count), let digits = Int64((clock[1] + "00").prefix(3)),
        clock[1].allSatisfy({ $0.isASCII && $0.isNumber })
      else { return nil }
      fraction = digits
    }
    let days = Self.days(year, month, day)
    guard civil(days) == (year, month, day) else { return nil }
    return (days * 86_400 + hour * 3600 + minute * 60 + second) * 1000 + fraction
  }

  private static func number(_ text: Substring, _ range: ClosedRange<Int64>) -> Int64? {
    guard (2...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let value = Int64(text),
      range.contains(value)
    else { return nil }
    return value
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// The day of a number of days since 1970, in the Gregorian calendar: years begin in March, so that a leap day is the last of its year.
  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension Stop {
  /// A range from two flags, of which either may be missing.
  static func timeRange(from: String?, until: String?, _ name: String) throws(Stop) -> ClosedRange<Int64>? {
    func time(_ text: String?, _ flag: String) throws(Stop) -> Int64? {
      guard let text else { return nil }
      guard let time = TimeText.milliseconds(text) else { throw Stop(.badTime(text, flag)) }
      return time
    }
    let first = try time(from, "--from")
    let last = try time(until, name)
    if first == nil, last == nil { return nil }
    guard (first ?? .min) <= (last ?? .max) else { throw Stop(.emptyTimeRange(name)) }
    return (first ?? .min)...(last ?? .max)
  }
}
