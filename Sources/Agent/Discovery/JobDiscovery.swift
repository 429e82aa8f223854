/// All discoveries of one scrape config.
public struct JobDiscovery: Sendable {
  public let job: String
  private var providers: [any DiscoveryProvider]

  init(job: String, _ providers: [any DiscoveryProvider]) {
    self.job = job
    self.providers = providers
  }

  /// All targets known now.
  public var groups: [DiscoveredGroup] { providers.flatMap(\.groups) }

  /// How each discovery fares, in the order of the model.
  public var statuses: [DiscoveryStatus] { providers.map(\.status) }

  /// When `step` has something to do, in milliseconds of the monotonic clock; nothing while all of them await something.
  public var nextStep: Int64? { providers.compactMap(\.nextStep).min() }

  /// What is to be done by now.
  public mutating func step(now: Moment) -> [DiscoveryAction] {
    providers.indices.flatMap { providers[$0].step(now: now) }
  }

  /// What came of an action.
  /// - Returns: all groups, if they are others now.
  public mutating func receive(_ event: DiscoveryEvent, now: Moment) -> [DiscoveredGroup]? {
    let index = event.ticket.provider
    guard providers.indices.contains(index), providers[index].receive(event, now: now) else { return nil }
    return groups
  }
}
