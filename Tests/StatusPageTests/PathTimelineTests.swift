import Agent
import Model
import Testing

@testable import StatusPage

@Suite struct PathTimelineTests {
  private let now = Sample.now.monotonic

  @Test func followsFromHowLongStatesLasted() {
    let path = Sample.path(
      .partitioned,
      lasted: 100_000,
      after: [(.connected, .suspect, 500_000), (.suspect, .partitioned, 50_000)]
    )
    let timeline = PathTimeline(path, from: now - 400_000, until: now)
    #expect(timeline.stretches.map(\.state) == [.connected, .suspect, .partitioned])
    #expect(timeline.stretches.map(\.start) == [now - 400_000, now - 150_000, now - 100_000])
    #expect(timeline.stretches.map(\.end) == [now - 150_000, now - 100_000, now])
    #expect(timeline.summary == "connected 4m10s, suspect 50s, partitioned 1m40s")
  }

  @Test func beforeWhatIsKnownNothingIsClaimed() {
    let path = Sample.path(.connected, lasted: 10_000, after: [(.recovering, .connected, 5_000)])
    let timeline = PathTimeline(path, from: now - 100_000, until: now)
    #expect(timeline.stretches.first?.start == now - 15_000)
  }

  /// Stretches never overlap, whatever the durations say.
  @Test(arguments: 0..<100)
  func stretchesFollowEachOther(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let lengths: [Int64] = [0, 1, 1000, 1_000_000, 1 << 40]
    var changes: [(from: PartitionState, to: PartitionState, lasted: Int64)] = []
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      let from = PartitionState.allCases.randomElement(using: &generator) ?? .connected
      changes.append((from, .suspect, lengths.randomElement(using: &generator) ?? 0))
    }
    let path = Sample.path(.connected, lasted: Int64.random(in: -5...50_000, using: &generator), after: changes)
    let stretches = PathTimeline(path, from: now - 60_000, until: now).stretches
    for (earlier, later) in zip(stretches, stretches.dropFirst()) {
      #expect(earlier.end == later.start, "seed \(seed)")
    }
    for stretch in stretches {
      #expect(stretch.start >= now - 60_000 && stretch.end <= now && stretch.start <= stretch.end, "seed \(seed)")
    }
  }
}
