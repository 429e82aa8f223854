import Glibc

/// The time of day as HTTP writes it (RFC 9110, section 5.6.7), made once a second.
struct HTTPDate {
  private var second: Int = .min
  private var text = ""

  /// Now, by the machine's clock.
  mutating func now() -> String {
    let now = max(time(nil), 0)
    if now != second {
      second = now
      text = Self.text(now)
    }
    return text
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT` of seconds since 1970.
  static func text(_ seconds: Int) -> String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let name = days[day % 7]
    var year = 1970
    while day >= dayCount(ofYear: year) {
      day -= dayCount(ofYear: year)
      year += 1
    }
    let monthLengths = [31, dayCount(ofYear: year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var month = 0
    while day >= monthLengths[month] {
      day -= monthLengths[month]
      month += 1
    }
    let hour = second / 3600
    second %= 3600
    let clock = "\(twoDigits(hour)):\(twoDigits(second / 60)):\(twoDigits(second % 60))"
    return "\(name), \(twoDigits(day + 1)) \(months[month]) \(year) \(clock) GMT"
  }

  private static func dayCount(ofYear year: Int) -> Int {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 366 : 365
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
