import Model

/// What the detector tells the cluster's API server: Events as they happen, and the state in its ConfigMap.
///
/// One request at a time. What the role doesn't allow is tried again later, as a role may change; what there is too much of is
/// left out and counted, so that a thousand nodes that are cut off at once don't fall on the API server.
struct KubernetesReports: Sendable {
  /// What a request is about.
  enum Subject: Hashable, Sendable { case event, state }

  private(set) var results = Tally<ReportLabel>()
  private var events: [[UInt8]] = []
  private var underWay: Subject?
  private var budget: TokenBucket
  private var isForbidden: Set<Subject> = []
  private var written: ClusterState.Essence?
  /// Monotonic.
  private var nextState: Int64
  private var nextEvent: Int64

  private static let waitingCountMax = 50
  /// The ConfigMap says when it was written: it is renewed though nothing changed, so that a reader sees that somebody watches.
  private static let renewalMilliseconds: Int64 = 300_000
  private static let pauseMilliseconds: Int64 = 5_000
  private static let retryMilliseconds: Int64 = 30_000

  init(now: Moment) {
    budget = TokenBucket(rate: 1, now: now.monotonic)
    nextState = now.monotonic
    nextEvent = now.monotonic
  }

  mutating func add(_ event: [UInt8]) {
    if events.count < Self.waitingCountMax { events.append(event) } else { results.add(to: .omitted) }
  }

  /// When `step` may have something to do, in monotonic milliseconds.
  var nextWake: Int64 {
    if underWay != nil { return .max }
    return events.isEmpty ? nextState : min(nextState, max(nextEvent, budget.readyAt))
  }

  enum Request: Hashable, Sendable {
    case event([UInt8])
    case state([UInt8])
  }

  /// What to send now.
  /// - Parameter state: as it is; asked for only where it may be sent.
  mutating func step(_ state: () -> ClusterState, now: Moment) -> Request? {
    guard underWay == nil else { return nil }
    budget.fill(now: now.monotonic)
    if !events.isEmpty, budget.isReady, now.monotonic >= nextEvent {
      budget.take(1)
      underWay = .event
      return .event(events.removeFirst())
    }
    guard now.monotonic >= nextState else { return nil }
    let current = state()
    underWay = .state
    written = current.essence
    nextState = now.monotonic + Self.renewalMilliseconds
    return .state(current.configMapPatch)
  }

  /// Something changed: the state is written soon, unless it is as it was written.
  mutating func noteChange(_ state: ClusterState, now: Moment) {
    guard underWay == .state || written != state.essence, !isForbidden.contains(.state) else { return }
    nextState = min(nextState, now.monotonic + Self.pauseMilliseconds)
  }

  /// Takes an answer's status; nothing where none came.
  /// - Returns: what to say in the log, once for each kind of request.
  mutating func finish(status: Int?, now: Moment) -> String? {
    guard let subject = underWay else { return nil }
    underWay = nil
    switch status {
    case (200..<300)?:
      results.add(to: .success)
      isForbidden.remove(subject)
      return nil
    case 401?, 403?:
      results.add(to: .forbidden)
      postpone(subject, by: Self.renewalMilliseconds, now: now)
      guard isForbidden.insert(subject).inserted else { return nil }
      return subject == .event
        ? "the role doesn't allow Events; they are in the event log"
        : "the role doesn't allow to write the state's ConfigMap; the state is at /api/v1/status"
    default:
      results.add(to: .failure)
      postpone(subject, by: Self.retryMilliseconds, now: now)
      return "the API server took no \(subject == .event ? "Event" : "state")"
    }
  }

  private mutating func postpone(_ subject: Subject, by milliseconds: Int64, now: Moment) {
    switch subject {
    case .event: nextEvent = now.monotonic + milliseconds
    case .state:
      written = nil
      nextState = now.monotonic + milliseconds
    }
  }
}
