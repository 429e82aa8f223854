import Model

/// The way to one Alertmanager. Each has its own, so that one that is away holds up no other; what is posted is always the whole of
/// what there is to say, so nothing piles up meanwhile.
struct AlertmanagerLane: Sendable {
  let url: String
  private(set) var results = Tally<ResultLabel>()
  private var isUnderWay = false
  private var hasNews = false
  private var failuresInARow = 0
  /// Monotonic.
  private var nextPost: Int64

  /// From one message to the next where nothing changes.
  private static let resendMilliseconds: Int64 = 60_000
  private static let retryMillisecondsMin: Int64 = 1_000
  private static let retryMillisecondsMax: Int64 = 30_000

  init(url: String, now: Moment) {
    self.url = url
    nextPost = now.monotonic
  }

  var nextWake: Int64 { isUnderWay ? .max : nextPost }

  /// Something changed: it is posted at once, or when the message under way has ended. One that doesn't answer isn't pressed.
  mutating func noteNews(now: Moment) {
    if isUnderWay { hasNews = true } else if failuresInARow == 0 { nextPost = now.monotonic }
  }

  /// Whether to post now.
  mutating func step(now: Moment) -> Bool {
    guard !isUnderWay, now.monotonic >= nextPost else { return false }
    isUnderWay = true
    hasNews = false
    return true
  }

  /// Takes an answer's status; nothing where none came.
  /// - Returns: whether this one failed and the one before didn't.
  mutating func finish(status: Int?, now: Moment) -> Bool {
    guard isUnderWay else { return false }
    isUnderWay = false
    let isGood = status.map { (200..<300).contains($0) } ?? false
    results.add(to: isGood ? .success : .failure)
    if isGood {
      failuresInARow = 0
      nextPost = now.monotonic + (hasNews ? 0 : Self.resendMilliseconds)
      return false
    }
    let wait = Self.retryMillisecondsMin << Int64(min(failuresInARow, 5))
    nextPost = now.monotonic + min(wait, Self.retryMillisecondsMax)
    failuresInARow = min(failuresInARow + 1, 1000)
    return failuresInARow == 1
  }
}
