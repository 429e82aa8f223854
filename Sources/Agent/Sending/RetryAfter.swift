/// The wait that a receiver asks for (RFC 9110, 10.2.3): seconds, or a date.
enum RetryAfter {
  /// Milliseconds to wait, at most `limit`; nothing for what is garbage, negative or past.
  /// - Parameters:
  ///   - now: milliseconds since 1970, by the receiver's clock where it is known: a date is one of its own.
  static func milliseconds(_ value: String, now: Int64, limit: Int64) -> Int64? {
    let text = value.drop { $0 == " " || $0 == "\t" }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, text.dropFirst(digits.count).allSatisfy({ $0 == " " || $0 == "\t" }) {
      // More digits than any number has still mean "long".
      guard let seconds = Int64(digits), seconds < limit / 1000 + 1 else { return limit }
      return seconds > 0 ? min(seconds * 1000, limit) : nil
    }
    guard let date = HTTPDate.milliseconds(String(text)), date > now else { return nil }
    return min(date - now, limit)
  }
}
