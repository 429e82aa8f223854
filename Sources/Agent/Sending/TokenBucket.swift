/// A rate with room for a short burst.
struct TokenBucket {
  /// A second.
  var rate: Int
  /// Thousandths of a token, so that no millisecond's share is rounded away.
  private var filling: Int64
  private var updated: Int64

  init(rate: Int, now: Int64) {
    self.rate = rate
    filling = 0
    updated = now
  }

  /// A day fills any bucket, and no number overflows by it.
  private static let pauseMax: Int64 = 86_400_000
  private var capacity: Int64 { Int64(rate) * 250 }

  mutating func fill(now: Int64) {
    let passed = min(max(now - updated, 0), Self.pauseMax)
    filling = min(filling + passed * Int64(rate), capacity)
    updated = max(now, updated)
  }

  /// Whether there is anything. What is taken then may overdraw: the next waits all the longer.
  var isReady: Bool { filling >= 0 }

  mutating func take(_ count: Int) { filling -= Int64(count) * 1000 }

  /// When there will be something.
  var readyAt: Int64 { isReady ? updated : updated + (-filling + Int64(rate) - 1) / Int64(rate) }
}
