/// Dates as servers write them (RFC 9110, 5.6.7).
enum DateText {
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ", " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec ",
  ]

  /// - Parameter milliseconds: since 1970.
  static func http(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1000
    let days = seconds / 86_400
    // Of the Gregorian calendar, with years that begin in March.
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    var text: [UInt8] = []
    text.reserveCapacity(29)
    func add(_ number: Int64) {
      text.append(0x30 + UInt8(number / 10))
      text.append(0x30 + UInt8(number % 10))
    }
    text += weekdays[Int(days % 7)].utf8
    text += ", ".utf8
    add(day)
    text += months[Int(month - 1)].utf8
    add(year / 100)
    add(year % 100)
    text.append(UInt8(ascii: " "))
    add(seconds / 3600 % 24)
    text.append(UInt8(ascii: ":"))
    add(seconds / 60 % 60)
    text.append(UInt8(ascii: ":"))
    add(seconds % 60)
    text += " GMT".utf8
    return String(decoding: text, as: UTF8.self)
  }
}
