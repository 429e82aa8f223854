import Agent
import Testing

@Suite struct QueueTraceTests {
  @Test func keepsThePeaksOfEachSecondAtFirst() {
    var trace = QueueTrace(start: 1000)
    for (time, count) in [(1000, 5), (1400, 9), (1900, 2), (2000, 3), (5200, 7)] as [(Int64, UInt64)] {
      trace.add(count, now: time)
    }
    #expect(trace.step == 1000 && trace.start == 1000)
    // What was there holds until something else is said.
    #expect(trace.peaks == [9, 3, 3, 3, 7])
  }

  /// Against every reading, remembered: each slot has the most that was there at any moment of it.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func boundsItsSizeAndForgetsNoPeak(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var trace = QueueTrace(start: 0)
    var readings: [(time: Int64, count: UInt64)] = []
    var time: Int64 = 0
    while time < 120_000_000 {
      let count = UInt64.random(in: 0...1_000_000, using: &generator)
      trace.add(count, now: time)
      readings.append((time, count))
      time += Int64.random(in: 1...60_000, using: &generator)
      #expect(trace.peaks.count <= QueueTrace.slotCountMax)
    }
    #expect(trace.step == 256_000 && trace.peaks.count == QueueTrace.slotCountMax)
    #expect(trace.start + trace.step * Int64(trace.peaks.count) > time - 60_000, "seed \(seed)")
    for (slot, peak) in trace.peaks.enumerated() {
      let from = trace.start + Int64(slot) * trace.step
      let within = readings.filter { $0.time >= from && $0.time < from + trace.step }.map(\.count).max() ?? 0
      #expect(peak >= within, "seed \(seed), slot \(slot)")
    }
    #expect(trace.peaks.max() == readings.filter { $0.time >= trace.start }.map(\.count).max())
  }

  @Test func aLongPauseLeavesWhatWasThere() {
    var trace = QueueTrace(start: 0)
    trace.add(5, now: 0)
    trace.add(7, now: 1 << 40)
    #expect(trace.peaks.count == QueueTrace.slotCountMax && trace.peaks.first == 5 && trace.peaks.last == 7)
  }
}

@Suite struct RoomForecastTests {
  private func forecast(
    disk: UInt64 = 1000,
    limit: UInt64 = 10_000,
    samples: UInt64 = 1000,
    unsent: UInt64,
    taken: Double,
    ageMax: Int64? = nil,
    oldest: Int64? = nil
  ) -> RoomForecast {
    var queue = Sample.queue()
    queue.unsentBytes = unsent
    queue.takenPerSecond = taken
    queue.oldestUnsent = oldest
    var spool = SpoolSnapshot(limitBytes: limit)
    spool.diskBytes = disk
    spool.sampleCount = samples
    spool.ageMax = ageMax
    return RoomForecast(queue, spool, now: Sample.now)
  }

  @Test func followsFromSizeAndRate() {
    // One byte a sample, ten samples a second, 9000 bytes free.
    #expect(forecast(unsent: 1000, taken: 10) == .after(milliseconds: 900_000, end: .disk))
    // What is sent makes room: it counts as free.
    #expect(forecast(disk: 9000, samples: 9000, unsent: 0, taken: 10) == .after(milliseconds: 1_000_000, end: .disk))
    #expect(forecast(unsent: 10_000, taken: 10) == .after(milliseconds: 0, end: .disk))
    #expect(forecast(unsent: 20_000, taken: 10) == .after(milliseconds: 0, end: .disk))
  }

  @Test func ageMayEndItEarlier() {
    #expect(forecast(unsent: 1000, taken: 10, ageMax: 60_000) == .after(milliseconds: 60_000, end: .age))
    #expect(
      forecast(unsent: 1000, taken: 10, ageMax: 60_000, oldest: Sample.now.wall - 20_000)
        == .after(milliseconds: 40_000, end: .age)
    )
    #expect(forecast(unsent: 1000, taken: 10, ageMax: 2_000_000) == .after(milliseconds: 900_000, end: .disk))
    #expect(forecast(unsent: 1000, taken: 10, ageMax: 1000, oldest: .min) == .after(milliseconds: 0, end: .age))
  }

  @Test func saysWhatItDoesntKnow() {
    #expect(forecast(unsent: 0, taken: 0) == .unknown)
    #expect(forecast(disk: 0, samples: 0, unsent: 0, taken: 10) == .unknown)
    #expect(forecast(unsent: 0, taken: .nan) == .unknown)
  }
}
