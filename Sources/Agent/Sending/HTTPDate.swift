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
    guard bytes.count == 29, bytes[3] == UInt8(ascii: ","), [4, 7, 11, 16, 25].allSatisfy({ bytes[$0] == 0x20 }),
      [19, 22].allSatisfy({ bytes[$0] == UInt8(ascii: ":") }), bytes[26...].elementsEqual("GMT".utf8),
      let month = months.firstIndex(where: { $0.utf8.elementsEqual(bytes[8..<11].lazy.map { $0 | 0x20 }) })
    else { return nil }
    var numbers = (day: 0 as Int64, year: 0 as Int64, hour: 0 as Int64, minute: 0 as Int64, second: 0 as Int64)
    func read(_ range: Range<Int>, into number: inout Int64) -> Bool {
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return false }
        number = number * 10 + Int64(byte - 0x30)
      }
      return true
    }
    guard read(5..<7, into: &numbers.day), read(12..<16, into: &numbers.year), read(17..<19, into: &numbers.hour),
      read(20..<22, into: &numbers.minute), read(23..<25, into: &numbers.second), (1...31).contains(numbers.day),
      numbers.year >= 1970, numbers.hour < 24, numbers.minute < 60, numbers.second <= 60
    else { return nil }
    let days = daysSince1970(year: numbers.year, month: month + 1, day: numbers.day)
    return (days * 86_400 + numbers.hour * 3600 + numbers.minute * 60 + numbers.second) * 1000
  }

  private static func moment(day: String, month: String, year: String, clock: String) -> Int64? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { number(String($0), digits: 2...2) }
    guard let day = number(day, digits: 1...2), (1...31).contains(day),
      let month = months.firstIndex(of: month),
      var year = number(year, digits: 2...4), year < 100 || year >= 1970,
      parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
      hour < 24, minute < 60, second <= 60
    else { return nil }
    // Two digits are a year of the nearer half of a century.
    if year < 100 { year += year < 70 ? 2000 : 1900 }
    return (daysSince1970(year: year, month: month + 1, day: day) * 86_400 + hour * 3600 + minute * 60 + second) * 1000
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
