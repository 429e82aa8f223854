import Agent
import Model
import Testing

/// A round as the detector judges it, and one way to make it so.
enum RoundKind: CaseIterable {
  /// Data got through, though the check failed.
  case acknowledgedOnly
  /// The check was good, and nothing waited.
  case idle
  case checkFailed
  /// The check was good, and writes were in vain.
  case writesFailed
  /// The check was good, and data waits.
  case open

  var isGood: Bool { self == .acknowledgedOnly || self == .idle }
  var isBad: Bool { self == .checkFailed || self == .writesFailed }
}

extension DetectorConfiguration {
  init(threshold: Int, recovery: Int = 2) {
    self.init(threshold: threshold, recoveryThreshold: recovery, checkInterval: 30_000, checkTimeout: 10_000)
  }
}

extension PartitionDetector {
  /// Plays one round, from the start of its check to the answer.
  mutating func play(_ kind: RoundKind, at now: inout Moment) -> [PartitionEvent] {
    var events: [PartitionEvent] = []
    if kind == .acknowledgedOnly { events += handle(.acknowledged(sampleCount: 7), now: now) }
    if kind == .writesFailed { events += handle(.sendFailed(.serverError), now: now) }
    let elapsed = max(0, nextWake - now.monotonic)
    now.monotonic += elapsed
    now.wall += elapsed
    let wake = wake(now: now)
    events += wake.events
    guard let number = wake.check else {
      Issue.record("no check was begun at its time")
      return events
    }
    now.monotonic += 50
    now.wall += 50
    switch kind {
    case .acknowledgedOnly, .checkFailed: events += handle(.checkFailed(number: number, .connection), now: now)
    case .idle: events += handle(.checkSucceeded(number: number, isWaiting: false), now: now)
    case .writesFailed, .open: events += handle(.checkSucceeded(number: number, isWaiting: true), now: now)
    }
    return events
  }
}

extension PartitionDetector {
  /// What the two thresholds promise of any so many rounds: how often, at most, each state is entered.
  func keepsBounds(rounds: Int) -> Bool {
    let entered = { (state: PartitionState) in Int(self.transitions[state]) }
    return entered(.partitioned) * (configuration.threshold + 1) <= rounds + 1
      && entered(.connected) * (configuration.recoveryThreshold + 1) <= rounds
      && entered(.suspect) <= entered(.connected) + 1 && entered(.recovering) <= entered(.partitioned)
  }
}

/// The states by the document's table, from the whole history of rounds: no counters that could go wrong in the same way.
func stateByTheBook(_ history: [RoundKind], _ configuration: DetectorConfiguration) -> PartitionState {
  var state = PartitionState.connected
  for length in history.indices.map({ $0 + 1 }) {
    let judged = history.prefix(length).filter { $0 != .open }
    guard history[length - 1] != .open else { continue }
    let isPartition =
      judged.count >= configuration.threshold && judged.suffix(configuration.threshold).allSatisfy(\.isBad)
    let isRecovery =
      judged.count >= configuration.recoveryThreshold
      && judged.suffix(configuration.recoveryThreshold).allSatisfy(\.isGood)
    switch state {
    case .partitioned: if judged.last?.isGood == true { state = .recovering }
    case .connected where judged.last?.isBad == true: state = isPartition ? .partitioned : .suspect
    case .connected: break
    case .suspect, .recovering: if isPartition { state = .partitioned } else if isRecovery { state = .connected }
    }
  }
  return state
}

/// What holds of any run of events.
struct EventChecker {
  private(set) var state = PartitionState.connected
  private(set) var count: UInt64 = 0
  static let edges: [PartitionState: Set<PartitionState>] = [
    .connected: [.suspect, .partitioned], .suspect: [.connected, .partitioned], .partitioned: [.recovering],
    .recovering: [.connected, .partitioned],
  ]

  mutating func check(_ events: [PartitionEvent], _ detector: PartitionDetector) -> Bool {
    guard events.count <= 1 else { return false }
    for event in events {
      count += 1
      guard event.sequence == count, event.from == state, event.lasted >= 0,
        Self.edges[event.from]?.contains(event.to) == true
      else { return false }
      state = event.to
    }
    return state == detector.state && detector.transitions.total == count
  }
}
