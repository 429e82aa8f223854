public import Agent
public import Spool

/// What became of one simulated node's samples, counted in the simulation's own samples.
public struct NodeOutcome: Sendable {
  public let index: Int
  /// Nodes of the fleet that it stands for.
  public let weight: Int
  public var collected: UInt64 = 0
  /// Collected, never acknowledged by the agent, and not at the centre.
  public var unacknowledged: UInt64 = 0
  /// Acknowledged by the agent, and not at the centre.
  public var missing: UInt64 = 0
  /// The same, within what the model lets a power cut take.
  public var lostWithPower: UInt64 = 0
  /// The centre had them and has forgotten them.
  public var forgotten: UInt64 = 0
  /// Of the missing, those that the centre never refused for their own sake.
  public var innocent: UInt64 = 0
  /// The centre had forgotten them, and has them again.
  public var refilled: UInt64 = 0
  /// When a sample was let go of first, in milliseconds since the beginning.
  public var firstDrop: Int64?
  public var alerts: [AlertChange] = []
  /// Arrived more than once.
  public var duplicates: UInt64 = 0
  public var ledger: Ledger?
  public var peakDiskBytes: Double = 0
  public var queuedPeak: UInt64 = 0
  public var deadLetters: UInt64 = 0
  public var events: [(time: Int64, event: PartitionEvent)] = []
  public var drain = DrainClock()

  init(index: Int, weight: Int) {
    self.index = index
    self.weight = weight
  }

  /// Refused by the centre for good, or dropped by the agent, as the ledger has it.
  public var ledgerLoss: UInt64 {
    guard let ledger else { return 0 }
    return ledger.rejected.values.reduce(0, +) + ledger.dropped.values.reduce(0, +)
  }

  public var queued: UInt64 { ledger?.queued ?? 0 }

  /// What the ledger may say of samples that an agent acknowledged: refused, or dropped for want of room. That they can't be read any more
  /// is no excuse.
  private var permittedLoss: UInt64 { ledgerLoss - (ledger?.dropped[DropReason.damaged] ?? 0) }

  /// Dropped by the agent's own choice.
  private var permittedDrops: UInt64 {
    ledger.map { $0.dropped.values.reduce(0, +) - ($0.dropped[DropReason.damaged] ?? 0) } ?? 0
  }

  /// Nothing is missing that the books don't say, and nobody's samples are given up for another's.
  /// - Parameter hasFairCentre: whether the centre refuses a sample for its own sake only.
  func check(hasFairCentre: Bool, into violations: inout [String]) {
    guard let ledger else { return }
    if !ledger.isBalanced { violations.append("node \(index): the ledger isn't balanced at the end: \(ledger)") }
    if queued > 0 { violations.append("node \(index): \(queued) samples are still queued long after the last fault") }
    if drain.healedAt != nil, drain.freshAt == nil { violations.append("node \(index): nothing fresh ever arrived") }
    if hasFairCentre, innocent > permittedDrops + queued {
      violations.append(
        "node \(index): \(innocent) samples are missing that the centre never refused for their own sake, and \(permittedDrops) were dropped"
      )
    }
    if missing > permittedLoss + queued {
      violations.append(
        "node \(index): \(missing) acknowledged samples are missing, and the ledger knows of \(permittedLoss) refused or dropped and \(queued) queued"
      )
    }
  }
}
