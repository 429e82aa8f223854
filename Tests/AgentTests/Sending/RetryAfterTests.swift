import Testing

@testable import Agent

@Suite struct RetryAfterTests {
  /// 1994-11-06 08:49:07 UTC: half a minute before the date of RFC 9110.
  private let now: Int64 = 784_111_747_000

  @Test(
    arguments: [
      ("0", nil), ("1", 1000), ("120", 120_000), (" 7 ", 7000), ("300", 300_000), ("301", 300_000),
      ("1000000000", 300_000), ("99999999999999999999999", 300_000), ("-5", nil), ("1.5", nil), ("soon", nil),
      ("", nil),
      ("Sun, 06 Nov 1994 08:49:37 GMT", 30_000), ("Sunday, 06-Nov-94 08:49:37 GMT", 30_000),
      ("Sun Nov  6 08:49:37 1994", 30_000), ("Sun, 06 Nov 1994 08:48:37 GMT", nil),
      ("Sun, 06 Nov 2094 08:48:37 GMT", 300_000), ("Sun, 32 Nov 1994 08:49:37 GMT", nil),
    ] as [(String, Int64?)]
  )
  func readsSecondsAndDates(value: String, expected: Int64?) {
    #expect(RetryAfter.milliseconds(value, now: now, limit: 300_000) == expected)
  }

  @Test func datesAreExactForCenturies() {
    for day in stride(from: Int64(0), to: 80_000, by: 17) {
      let time = day * 86_400_000 + (day % 86_400) * 1000
      #expect(HTTPDate.milliseconds(TestDate.text(time)) == time, "day \(day)")
    }
  }
}
