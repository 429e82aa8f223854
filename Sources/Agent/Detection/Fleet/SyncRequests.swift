import Model

/// Whom to ask to look for gaps, after a path to the centre has come back (`POST /-/sync`).
///
/// Asking is harmless: an agent that is asked twice looks once, and one that has nothing missing sends nothing. So both of two
/// detectors ask, and each asks again where no answer came.
struct SyncRequests: Sendable {
  private(set) var results = Tally<SyncRequestLabel>()
  private var waiting: [AgentAddress] = []
  private var attempts: [AgentAddress: Int] = [:]
  /// When each was asked last, on the monotonic clock.
  private var lastAsked: [AgentAddress: Int64] = [:]
  private var retryAt: Int64?
  private(set) var underWay: Set<AgentAddress> = []

  private static let attemptsMax = 3
  private static let retryMilliseconds: Int64 = 10_000
  /// An agent isn't asked again sooner.
  private static let pauseMilliseconds: Int64 = 60_000

  var nextWake: Int64? { waiting.isEmpty ? nil : retryAt }

  /// Puts agents on the list, unless they are on it or were asked a moment ago.
  mutating func add(_ addresses: [AgentAddress], now: Moment) {
    lastAsked = lastAsked.filter { now.monotonic - $0.value < Self.pauseMilliseconds }
    for address in addresses where attempts[address] == nil && lastAsked[address] == nil {
      attempts[address] = 0
      waiting.append(address)
      retryAt = now.monotonic
    }
  }

  /// Those to ask now, so many at most.
  mutating func step(now: Moment, room: Int) -> [AgentAddress] {
    guard let due = retryAt, now.monotonic >= due else { return [] }
    let next = Array(waiting.prefix(max(0, room)))
    waiting.removeFirst(next.count)
    underWay.formUnion(next)
    for address in next { lastAsked[address] = now.monotonic }
    if waiting.isEmpty { retryAt = nil }
    return next
  }

  /// Takes an answer's status; nothing where none came.
  /// - Returns: how it is counted.
  mutating func finish(_ address: AgentAddress, status: Int?, now: Moment) -> SyncRequestLabel {
    guard underWay.remove(address) != nil else { return .failure }
    let result: SyncRequestLabel =
      switch status {
      case (200..<300)?: .accepted
      case 404?, 405?: .unsupported
      case 429?: .throttled
      default: .failure
      }
    results.add(to: result)
    let attempt = (attempts[address] ?? 0) + 1
    if result == .failure, attempt < Self.attemptsMax {
      attempts[address] = attempt
      waiting.append(address)
      retryAt = now.monotonic + Self.retryMilliseconds
    } else {
      attempts[address] = nil
    }
    return result
  }
}
