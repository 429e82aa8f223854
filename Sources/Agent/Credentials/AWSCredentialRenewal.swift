/// When keys are fetched: at once, well before they expire, and after a failure again and again, with growing waits; the old ones hold meanwhile.
public struct AWSCredentialRenewal: Sendable {
  /// Before the end of their time, at the latest; half of their time where that is less.
  static let leadMilliseconds: Int64 = 300_000
  /// Where nothing says how long they hold.
  static let unlimitedMilliseconds: Int64 = 3_600_000
  /// However short they hold.
  static let pauseMilliseconds: Int64 = 1_000

  public let source: AWSCredentialSource
  /// Monotonic; nothing while an answer is awaited, or nothing is to be fetched.
  public private(set) var nextStep: Int64?
  private var attempt = 0
  private var generator: SeededGenerator
  private let backoff = Backoff(initial: 1_000, max: 60_000)

  public init(_ source: AWSCredentialSource, seed: UInt64, now: Moment) {
    self.source = source
    generator = SeededGenerator(seed: seed)
    if case .environment = source { nextStep = nil } else { nextStep = now.monotonic }
  }

  /// Whether to fetch now. The outcome goes to `receive`.
  public mutating func step(now: Moment) -> Bool {
    guard let due = nextStep, now.monotonic >= due else { return false }
    nextStep = nil
    return true
  }

  /// - Parameter answer: nothing where there was none, or none with keys.
  public mutating func receive(_ answer: AWSCredentialAnswer?, now: Moment) {
    guard let answer else {
      nextStep = now.monotonic + Self.pauseMilliseconds + backoff.delay(attempt, using: &generator)
      attempt += 1
      return
    }
    attempt = 0
    let life = min(max((answer.expiration ?? .max) - max(now.wall, 0), 0), Self.unlimitedMilliseconds * 12)
    let isLimited = answer.expiration != nil
    let wait = isLimited ? max(life - Self.leadMilliseconds, life / 2) : Self.unlimitedMilliseconds
    nextStep = now.monotonic + max(wait, Self.pauseMilliseconds)
  }
}
