/// Something that goes wrong, from a moment on and for a while.
public struct Fault: Hashable, Sendable {
  /// What goes wrong. Durations are milliseconds.
  public enum Kind: Hashable, Sendable {
    /// Nothing gets from the nodes to the centre.
    case partition(Partition)
    /// The centre, or what stands before it, answers a share of the requests with an error.
    case brownOut(share: Double, status: Int, retryAfterSeconds: Int?)
    /// Each round trip takes so much longer.
    case slow(Int64)
    /// Bytes a second of each node towards the centre, at most.
    case thin(bytesPerSecond: Double)
    /// The agent is killed, and starts again when the fault ends.
    case kill
    /// The machine loses power, and starts again when the fault ends.
    case powerCut
    /// The centre is down; when it starts again it has forgotten what it took in the last while before.
    case centreRestart(forgets: Int64)
    /// The node's wall clock is set by so much.
    case clockJump(Int64)
    /// The disk takes no more bytes.
    case diskFull
    /// Every sync of the disk fails.
    case syncErrors
    /// Every write to the disk fails, half done.
    case tornWrites
    /// So many series of each node are refused for their own sake, with that status.
    case poison(seriesCount: Int, status: Int)
  }

  /// How a partition shows.
  public enum Partition: String, Hashable, Sendable, CaseIterable {
    /// Connections are refused at once.
    case refused
    /// Packets vanish: everything runs into its time limit.
    case silent
    /// Requests arrive, and answers vanish.
    case oneWay = "one-way"
  }

  /// Which of the fleet's nodes it hits.
  public enum Nodes: Hashable, Sendable {
    case all
    /// The first of them, as a share of all.
    case share(Double)
    /// One of the simulated nodes, from 0.
    case one(Int)
  }

  /// Milliseconds from the beginning.
  public var start: Int64
  /// Milliseconds; 0 for what has no end.
  public var duration: Int64
  public var kind: Kind
  public var nodes: Nodes

  public init(_ kind: Kind, at start: Int64, for duration: Int64, _ nodes: Nodes = .all) {
    self.kind = kind
    self.start = start
    self.duration = duration
    self.nodes = nodes
  }

  public var end: Int64 { start + duration }

  public func hits(_ node: Int, of count: Int) -> Bool {
    switch nodes {
    case .all: true
    case .share(let share): Double(node) < share * Double(count)
    case .one(let index): node == index
    }
  }
}
