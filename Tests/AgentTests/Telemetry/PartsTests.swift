import Agent
import Foundation
import Testing

@Suite struct PartsTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
      (4_107_542_399_000, "2100-02-28T23:59:59.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (.min, "0000-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (.max, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)]
  )
  func timestamps(milliseconds: Int64, expected: String) {
    #expect(Timestamp(milliseconds: milliseconds).description == expected)
  }

  /// Every day of 800 years, from Gregorian 1600 on, counted by hand.
  @Test func timestampsGoThroughTheCalendar() {
    var milliseconds: Int64 = -11_676_096_000_000
    for year in 1600..<2400 {
      let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in lengths.enumerated() {
        for day in [1, 15, length] {
          let time = milliseconds + Int64(day - 1) * 86_400_000
          let expected = String(format: "%04d-%02d-%02dT00:00:00.000Z", year, month + 1, day)
          if Timestamp(milliseconds: time).description != expected { Issue.record("\(expected)") }
        }
        milliseconds += Int64(length) * 86_400_000
      }
    }
  }

  @Test(arguments: [
    ("http://h:9090/api/v1/write", "http://h:9090/api/v1/write"), ("https://u:p@h/w", "https://h/w"),
    ("https://u:p@x@h/w", "https://h/w"), ("https://h/a@b?token=t#f", "https://h/a@b"), ("https://h?u@x", "https://h"),
    ("https://u@h", "https://h"), ("h/w", "h/w"), ("u:p@h:1/w", "h:1/w"), ("", ""), ("://", "://"),
    ("http:/a@b", "http:/a@b"),
    ("http://[::1]:9/é", "http://[::1]:9/é"),
  ])
  func urlsAreShownWithoutSecrets(url: String, expected: String) {
    #expect(PublicURL(url).description == expected)
  }

  @Test(arguments: [
    ("", MetricsFormat.text), ("*/*", .text), ("text/plain", .text), ("application/openmetrics-text", .openMetrics),
    (
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetrics
    ),
    (
      "application/openmetrics-text; version=1.0.0; escaping=allow-utf-8;q=0.6 , text/plain;version=0.0.4;q=0.5",
      .openMetrics
    ),
    ("text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5", .text),
    ("application/openmetrics-text;version=0.0.1", .text), ("application/openmetrics-text;q=0", .text),
    ("application/openmetrics-text;q=0.0005,*/*;q=0.0", .text), ("Application/OpenMetrics-Text", .openMetrics),
    (";;,,q=1,;q=", .text), ("application/openmetrics-text;q=x", .text), ("application/openmetrics-text;q=0.é", .text),
  ])
  func acceptChoosesTheFormat(accept: String, expected: MetricsFormat) {
    #expect(MetricsFormat(accept: accept) == expected)
  }

  @Test func histogramsCountEachDurationOnce() {
    var histogram = DurationHistogram(bounds: [10, 20])
    for duration: Int64 in [.min, 0, 10, 11, 20, 21, 1_000_000] { histogram.observe(microseconds: duration) }
    #expect(histogram.counts == [3, 2, 2] && histogram.count == 7 && histogram.sum == 1_000_062)
    for bounds in [DurationHistogram.synchronization.bounds, DurationHistogram.sentBatch.bounds] {
      #expect(bounds == bounds.sorted() && Set(bounds).count == bounds.count)
    }
  }

  @Test func ratesLookBackAMinute() {
    func at(_ seconds: Int64) -> Moment { Moment(monotonic: 5000 + seconds * 1000, wall: -seconds) }
    var meter = RateMeter(now: at(0))
    #expect(meter.perSecond(now: at(0)) == 0)
    meter.add(50, now: at(0))
    #expect(meter.perSecond(now: at(0)) == 50)
    #expect(meter.perSecond(now: at(10)) == 5)
    for second in 1..<600 { meter.add(100, now: at(Int64(second))) }
    #expect(meter.perSecond(now: at(600)) == 100)
    // A clock that doesn't move on, or an engine that stood still.
    meter.add(100, now: at(599))
    #expect(meter.perSecond(now: at(700)) == 0)
  }
}
