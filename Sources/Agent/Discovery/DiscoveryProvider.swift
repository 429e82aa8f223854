/// Finds targets: a state machine that wants things done and is told what came of them.
///
/// What can't be refreshed stays as it was: a target isn't forgotten because the way to whoever names it is gone.
protocol DiscoveryProvider: Sendable {
  /// What is to be done by now.
  mutating func step(now: Moment) -> [DiscoveryAction]
  /// Whether the groups are others now.
  mutating func receive(_ event: DiscoveryEvent, now: Moment) -> Bool
  /// When `step` has something to do next, in milliseconds of the monotonic clock; nothing while an answer is awaited.
  var nextStep: Int64? { get }
  /// All groups, by source.
  var groups: [DiscoveredGroup] { get }
  var status: DiscoveryStatus { get }
}

/// How a provider fares, for people.
public struct DiscoveryStatus: Hashable, Sendable {
  /// Such as `file_sd_configs`.
  public let kind: String
  /// Whether it found out once what targets there are, be it none.
  public var isSynced = false
  public var failureCount = 0
  /// What went wrong last, until it works again.
  public var problem: String?

  init(_ kind: String) { self.kind = kind }

  mutating func fail(_ problem: String) {
    failureCount += 1
    self.problem = problem
  }

  mutating func succeed() {
    isSynced = true
    problem = nil
  }
}

/// Hands out the tickets of one provider.
struct TicketCounter: Sendable {
  private let provider: Int
  private var number = 0

  init(provider: Int) { self.provider = provider }

  mutating func next() -> DiscoveryTicket {
    number += 1
    return DiscoveryTicket(provider: provider, number: number)
  }
}
