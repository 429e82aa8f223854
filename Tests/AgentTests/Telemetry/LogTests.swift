import Agent
import Testing

@Suite struct LogTests {
  @Test func aLineIsLogfmtAndFoundByRemoteWrite() {
    let line = LogLine(
      .warning,
      .remoteWrite,
      "request failed",
      [.init("remote_name", "central"), .init("error", "a=\"b\"\n\\c"), .init("none", ""), .init("code", "503")]
    )
    #expect(
      line.written(time: 1_763_840_736_123)
        == #"time=2025-11-22T19:45:36.123Z level=WARN component=remote_write msg="request failed" remote_name=central "#
        + #"error="a=\"b\"\n\\c" none="" code=503"# + "\n"
    )
  }

  @Test func aValueFromOutsideNeitherEndsTheLineNorGrowsIt() {
    let hostile = String(repeating: "é\n\u{1b}[31m\u{9b}", count: 10_000)
    let written = LogLine(.error, .scrape, "m", [.init("error", hostile)]).written(time: 0)
    #expect(written.utf8.count < 8 * 1024)
    #expect(written.unicodeScalars.count { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) } == 1)
  }

  private func at(_ seconds: Int64) -> Moment { Moment(monotonic: seconds * 1000, wall: 0) }

  private func failure(_ destination: String, _ detail: String = "") -> LogLine {
    LogLine(.warning, .remoteWrite, "request failed", [.init("remote_name", destination), .init("detail", detail)])
  }

  @Test func repeatsAreCountedAndToldOnceAPeriod() {
    var limiter = LogLimiter(period: 60_000)
    #expect(limiter.nextWake == nil)
    #expect(limiter.admit(failure("a", "1"), now: at(0)) == [failure("a", "1")])
    for second in 1..<50 { #expect(limiter.admit(failure("a", "\(second)"), now: at(Int64(second))).isEmpty) }
    #expect(limiter.admit(failure("b"), now: at(50)) == [failure("b")])
    #expect(limiter.nextWake == 60_000)
    #expect(limiter.wake(now: at(59)).isEmpty)
    #expect(limiter.wake(now: at(60)).map(\.fields.last) == [.init("repeated", "49")])
    #expect(limiter.admit(failure("a"), now: at(61)).isEmpty)
    // Silent since: told once more, then forgotten, then new again.
    #expect(limiter.wake(now: at(120)).map(\.fields.last) == [.init("repeated", "1")])
    #expect(limiter.wake(now: at(180)).isEmpty && limiter.nextWake == nil)
    #expect(limiter.admit(failure("a"), now: at(181)) == [failure("a")])
    #expect(limiter.admit(failure("a"), now: at(182)).isEmpty)
    #expect(limiter.finish().map(\.fields.last) == [.init("repeated", "1")])
    #expect(limiter.finish().isEmpty)
  }

  @Test(arguments: [UInt64.random(in: 0 ... .max), 1, 2])
  func everyLineIsWrittenOrCountedAndMemoryIsBounded(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var limiter = LogLimiter(period: 10_000, kindCountMax: 8)
    var now = at(0)
    var admitted: UInt64 = 0
    var output: [LogLine] = []
    for _ in 0..<5000 {
      now.monotonic += Int64.random(in: 0...500, using: &random)
      if Int.random(in: 0..<10, using: &random) == 0 { output += limiter.wake(now: now) }
      output += limiter.admit(failure("\(Int.random(in: 0..<12, using: &random))"), now: now)
      admitted += 1
    }
    output += limiter.finish()
    let told = try output.reduce(UInt64(0)) { sum, line in
      let last = line.fields.last
      return sum + (last?.name == "repeated" ? try #require(UInt64(last?.value ?? "")) : 1)
    }
    #expect(told == admitted && output.count < 5000, "seed \(seed)")
  }
}
