import Agent
import Testing

@Suite struct BackoffTests {
  @Test func envelopeDoublesUpToItsLimit() {
    let backoff = Backoff(initial: 1000, max: 30_000)
    #expect((0..<8).map { backoff.envelope($0) } == [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
    #expect(backoff.envelope(.max) == 30_000)
  }

  @Test(arguments: 0..<50 as Range<UInt64>) func waitsAreSpreadOverTheWholeEnvelope(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let backoff = Backoff(
      initial: Int64.random(in: 1...5000, using: &random),
      max: Int64.random(in: 1...100_000, using: &random)
    )
    for attempt in [0, 1, 3, 7, 63, 64, 1000] {
      let envelope = backoff.envelope(attempt)
      #expect(envelope >= backoff.initial && envelope <= backoff.max, "seed \(seed)")
      var low = 0
      for _ in 0..<200 {
        let wait = backoff.delay(attempt, using: &random)
        #expect((0...envelope).contains(wait), "seed \(seed)")
        if wait <= envelope / 2 { low += 1 }
      }
      #expect(envelope < 20 || (50...150).contains(low), "seed \(seed): \(low) of 200 in the lower half")
    }
  }
}
