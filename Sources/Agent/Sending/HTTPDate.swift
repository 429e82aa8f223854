/// A time as HTTP headers spell it (RFC 9110, 5.6.7).
enum HTTPDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Milliseconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
  /// `Sun Nov  6 08:49:37 1994`; nothing for anything else.
  static func milliseconds(_ text: String) -> Int64? {
    guard text.utf8.count <= 64 else { return nil }
    if let time = preferred(text.utf8) { return time }
    let words = text.lowercased().split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
    switch words.count {
    case 6 where words[5] == "gmt":
      return moment(day: words[1], month: words[2], year: words[3], clock: words[4])
    case 5:
      return moment(day: words[2], month: words[1], year: words[4], clock: words[3])
    default: return nil
    }
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`, which nearly all servers write.
  private static func preferred(_ text: String.UTF8View) -> Int64? {
    let bytes = Array(text)
    guard bytes.count == 29, isPunctuated(bytes) else { return nil }
    let name = UInt32(bytes[8] | 0x20) << 16 | UInt32(bytes[9] | 0x20) << 8 | UInt32(bytes[10] | 0x20)
    guard let month = monthWords.firstIndex(of: name) else { return nil }
    var isNumber = true
    func number(_ range: Range<Int>) -> Int64 {
      var value: Int64 = 0
      for place in range {
        let digit = bytes[place] &- 0x30
        isNumber = isNumber && digit < 10
        value = value * 10 + Int64(digit)
      }
      return value
    }
    let (day, year) = (number(5..<7), number(12..<16))
    let (hour, minute, second) = (number(17..<19), number(20..<22), number(23..<25))
    return isNumber ? moment(year, month + 1, day, hour, minute, second) : nil
  }

  private static func isPunctuated(_ bytes: [UInt8]) -> Bool {
    bytes[3] == UInt8(ascii: ",") && bytes[4] == 0x20 && bytes[7] == 0x20 && bytes[11] == 0x20 && bytes[16] == 0x20
      && bytes[19] == UInt8(ascii: ":") && bytes[22] == UInt8(ascii: ":") && bytes[25] == 0x20
      && bytes[26] == UInt8(ascii: "G") && bytes[27] == UInt8(ascii: "M") && bytes[28] == UInt8(ascii: "T")
  }

  /// Three letters each.
  private static let monthWords = months.map { $0.utf8.reduce(0 as UInt32) { $0 << 8 | UInt32($1) } }

  private static func moment(day: String, month: String, year: String, clock: String) -> Int64? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { number(String($0), digits: 2...2) }
    guard let day = number(day, digits: 1...2), let month = months.firstIndex(of: month),
      var year = number(year, digits: 2...4), parts.count == 3, let hour = parts[0], let minute = parts[1],
      let second = parts[2]
    else { return nil }
    // Two digits are a year of the nearer half of a century.
    if year < 100 { year += year < 70 ? 2000 : 1900 }
    return moment(year, month + 1, day, hour, minute, second)
  }

  private static func moment(
    _ year: Int64,
    _ month: Int,
    _ day: Int64,
    _ hour: Int64,
    _ minute: Int64,
    _ second: Int64
  ) -> Int64? {
    guard year >= 1970, (1...31).contains(day), hour < 24, minute < 60, second <= 60 else { return nil }
    return (daysSince1970(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second) * 1000
  }

  private static func number(_ text: String, digits: ClosedRange<Int>) -> Int64? {
    guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(text)
  }

  /// Of the Gregorian calendar, with years that begin in March, so that the leap day is the last.
  static func daysSince1970(year: Int64, month: Int, day: Int64) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
