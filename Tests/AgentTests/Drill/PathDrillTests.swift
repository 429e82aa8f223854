import Agent
import Testing

@Suite struct PathDrillTests {
  let now = Moment(monotonic: 1000, wall: 0)

  private func begin(_ query: String, current: PathDrill? = nil) throws(PathDrill.Refusal) -> PathDrill {
    try PathDrill(query: query, isEnabled: true, current: current, now: now)
  }

  @Test func endsByItself() throws {
    let drill = try begin("seconds=120")
    #expect(drill.isCut(now) && drill.isCut(Moment(monotonic: 120_999, wall: -5)))
    #expect(!drill.isCut(Moment(monotonic: 121_000, wall: 0)))
  }

  @Test(arguments: [
    "", "seconds=", "seconds=0", "seconds=-1", "seconds=3601", "seconds=9223372036854775807", "seconds=1.5",
    "minutes=2",
  ])
  func hasABoundedDuration(query: String) {
    #expect(throws: PathDrill.Refusal.duration) { try begin(query) }
  }

  @Test func isOneAtATimeAndNeedsTheSwitch() throws {
    let drill = try begin("seconds=3600")
    #expect(throws: PathDrill.Refusal.underWay) { try begin("seconds=1", current: drill) }
    let later = Moment(monotonic: drill.end, wall: 0)
    _ = try PathDrill(query: "seconds=1", isEnabled: true, current: drill, now: later)
    #expect(throws: PathDrill.Refusal.disabled) {
      try PathDrill(query: "seconds=1", isEnabled: false, current: nil, now: now)
    }
  }
}
