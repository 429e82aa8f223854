public import Agent
public import Model

/// The states that a path was in over a stretch of time, for the band below a queue's curve.
///
/// It is made of how long each state lasted by the clock that doesn't jump, from the present backwards.
public struct PathTimeline: Hashable, Sendable {
  public struct Stretch: Hashable, Sendable {
    public let state: PartitionState
    /// Monotonic milliseconds.
    public let start: Int64
    public let end: Int64
  }

  /// In the order of time. What the detector no longer knows is left out.
  public let stretches: [Stretch]

  /// Of a path that nobody watches.
  init() { stretches = [] }

  /// - Parameter start: of the time that is shown, in monotonic milliseconds.
  public init(_ path: PathSnapshot, from start: Int64, until end: Int64) {
    var stretches: [Stretch] = []
    var (state, since, until) = (path.state, path.since.monotonic, end)
    var earlier = path.recent[...]
    while until > start {
      if since < until { stretches.append(Stretch(state: state, start: max(start, since), end: until)) }
      guard let event = earlier.popLast() else { break }
      (state, until) = (event.from, min(since, until))
      since = until - min(event.lasted, until - start)
    }
    self.stretches = stretches.reversed()
  }

  /// `connected 30m, suspect 1m30s`: each state that was there, and for how long in all.
  var summary: String {
    PartitionState.allCases.compactMap { state in
      let lasted = stretches.filter { $0.state == state }.reduce(0) { $0 + $1.end - $1.start }
      return lasted > 0 ? "\(state.rawValue) \(duration(lasted))" : nil
    }.joined(separator: ", ")
  }
}

extension PartitionState {
  var level: Level {
    switch self {
    case .connected: .good
    case .suspect: .warn
    case .partitioned: .bad
    case .recovering: .note
    }
  }

  var style: Style {
    switch self {
    case .connected: .connected
    case .suspect: .suspect
    case .partitioned: .partitioned
    case .recovering: .recovering
    }
  }

  /// As the page names it: `Partitioned`.
  var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
