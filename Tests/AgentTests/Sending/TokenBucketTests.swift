import Testing

@testable import Agent

@Suite struct TokenBucketTests {
  @Test(arguments: [1, 100, 1_000_000]) func givesItsRateHoweverSeldomItIsAsked(rate: Int) {
    for pause in [1, 7, 1000, 60_000] as [Int64] {
      var bucket = TokenBucket(rate: rate, now: 0)
      var taken = 0
      var now: Int64 = 0
      while now < 3_600_000 {
        bucket.fill(now: now)
        while bucket.isReady {
          bucket.take(500)
          taken += 500
        }
        #expect(bucket.readyAt > now)
        now = max(now + pause, bucket.readyAt)
      }
      // Up to a request more than the rate; less only where nobody asks within the time that the bucket holds.
      #expect(taken <= rate * 3600 + 1000)
      if pause <= 7 { #expect(Double(taken) >= Double(rate) * 3600 * 0.95) }
    }
  }
}
