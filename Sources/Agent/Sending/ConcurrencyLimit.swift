/// How many requests of the backlog go at once: one more with each round that goes well, half as many when fresh data suffers or the
/// receiver says it has too much (AIMD, RFC 5681 in spirit: doubling until the first setback).
///
/// The second sign is latency: on a thin line more requests at once only wait for one another, so growth stops when a request takes
/// more than twice what it takes alone.
struct ConcurrencyLimit {
  private(set) var limit = 1
  private var isStarting = true
  private var goodAnswers = 0
  /// The quickest answer of late, and since when it counts.
  private var floor: Int64?
  private var floorSince: Int64 = 0
  private var reducedAt: Int64?

  /// How long the quickest answer is believed: routes and receivers change.
  private static let floorAge: Int64 = 60_000
  /// Differences below this say nothing.
  private static let noise: Int64 = 50
  /// One setback is many failed requests at once; it counts once.
  private static let reductionPause: Int64 = 1000

  mutating func succeeded(latency: Int64, max ceiling: Int, now: Int64) {
    if floor.map({ latency <= $0 }) ?? true || now - floorSince > Self.floorAge {
      floor = latency
      floorSince = now
    }
    let alone = floor ?? latency
    if latency > Swift.max(4 * alone, alone + 10 * Self.noise) {
      isStarting = false
      goodAnswers = 0
      reduce(to: limit - 1, now: now)
    } else if latency <= Swift.max(2 * alone, alone + Self.noise) {
      goodAnswers += 1
      if isStarting || goodAnswers >= limit {
        goodAnswers = 0
        limit = min(limit + 1, Swift.max(ceiling, 1))
      }
    } else {
      isStarting = false
    }
    limit = min(limit, Swift.max(ceiling, 1))
  }

  mutating func halve(now: Int64) {
    isStarting = false
    goodAnswers = 0
    reduce(to: limit / 2, now: now)
  }

  private mutating func reduce(to lower: Int, now: Int64) {
    if let reducedAt, now - reducedAt < Self.reductionPause { return }
    limit = Swift.max(lower, 1)
    reducedAt = now
  }

  /// After an outage nobody knows what the receiver bears.
  mutating func restart() {
    limit = 1
    isStarting = true
    goodAnswers = 0
    floor = nil
  }
}
