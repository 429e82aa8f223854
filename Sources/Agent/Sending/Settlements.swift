import Spool

/// Hands outcomes to the spool, and keeps those for which its cursor has no room until it has.
struct Settlements {
  private let destination: String
  private var held: [(range: RecordRange, outcome: Outcome)] = []
  /// Samples delivered by lane, as the ledger counts them.
  private(set) var delivered = LaneCounts()
  private(set) var refused = RefusalCounts()

  init(destination: String) { self.destination = destination }

  var heldCount: Int { held.count }

  /// The settled records around `sequence` that the spool doesn't know of yet.
  func held(around sequence: UInt64) -> RecordRange? {
    held.first { $0.range.first <= sequence && sequence < $0.range.end }?.range
  }

  /// Settles neighbouring records, all of one lane.
  mutating func settle(_ entries: ArraySlice<RecordTracker.Entry>, _ spool: Spool) {
    // What the spool dropped meanwhile for want of room is counted there already.
    let open = spool.openPosition(destination)?.sequence ?? 0
    let entries = entries.drop { $0.range.first < open }
    guard let first = entries.first, let last = entries.last else { return }
    var outcome = Outcome()
    var refusedNow = RefusalCounts()
    for entry in entries {
      outcome.delivered += UInt64(entry.delivered)
      refusedNow.add(entry.refused)
    }
    outcome.rejected = refusedNow.byName
    let range = RecordRange(
      first: first.range.first,
      end: last.range.end,
      samplesBefore: first.range.samplesBefore,
      sampleCount: last.range.samplesBefore + last.range.sampleCount - first.range.samplesBefore
    )
    delivered[first.lane] += outcome.delivered
    refused.add(refusedNow)
    hand(range, outcome, spool)
  }

  /// Settles records that the spool can't give any more.
  mutating func settle(lost range: RecordRange, _ spool: Spool) {
    hand(range, Outcome(dropped: [DropReason.damaged: range.sampleCount]), spool)
  }

  private mutating func hand(_ range: RecordRange, _ outcome: Outcome, _ spool: Spool) {
    do throws(Spool.SettlementFailure) {
      try spool.settle(range, for: destination, outcome)
    } catch {
      switch error {
      case .tooManyRanges: held.append((range, outcome))
      // Dropped by the spool between reading and now; counted there.
      case .notOpen: return
      case .unbalanced, .unknownDestination: preconditionFailure("BUG: \(error) on settling \(range)")
      }
    }
    if !held.isEmpty { retry(spool) }
  }

  /// Tries again what was kept. Settling one may make room for the next.
  private mutating func retry(_ spool: Spool) {
    var progress = true
    while progress {
      progress = false
      let waiting = held.sorted { $0.range.first < $1.range.first }
      held.removeAll()
      for (range, outcome) in waiting {
        guard let (range, outcome) = clipped(range, outcome, spool) else { continue }
        do throws(Spool.SettlementFailure) {
          try spool.settle(range, for: destination, outcome)
          progress = true
        } catch {
          if error == .tooManyRanges { append(range, outcome) }
        }
      }
      progress = progress && !held.isEmpty
    }
  }

  /// Neighbours become one.
  private mutating func append(_ range: RecordRange, _ outcome: Outcome) {
    guard let last = held.last, last.range.end == range.first else {
      held.append((range, outcome))
      return
    }
    let joined = RecordRange(
      first: last.range.first,
      end: range.end,
      samplesBefore: last.range.samplesBefore,
      sampleCount: last.range.sampleCount + range.sampleCount
    )
    var sum = last.outcome
    sum.delivered += outcome.delivered
    sum.rejected.merge(outcome.rejected, uniquingKeysWith: +)
    sum.dropped.merge(outcome.dropped, uniquingKeysWith: +)
    held[held.count - 1] = (joined, sum)
  }

  /// Without what the spool has dropped since. Which of the outcome's samples those were isn't known any more: the delivered ones
  /// are taken to have been among them first.
  private func clipped(_ range: RecordRange, _ outcome: Outcome, _ spool: Spool) -> (RecordRange, Outcome)? {
    guard let open = spool.openPosition(destination), open.sequence > range.first else { return (range, outcome) }
    guard open.sequence < range.end else { return nil }
    let end = range.samplesBefore + range.sampleCount
    var left = end - open.samplesBefore
    let rest = RecordRange(first: open.sequence, end: range.end, samplesBefore: open.samplesBefore, sampleCount: left)
    var clipped = Outcome()
    for (reason, count) in outcome.rejected.sorted(by: { $0.key < $1.key }) {
      clipped.rejected[reason] = min(count, left)
      left -= min(count, left)
    }
    for (reason, count) in outcome.dropped.sorted(by: { $0.key < $1.key }) {
      clipped.dropped[reason] = min(count, left)
      left -= min(count, left)
    }
    clipped.delivered = left
    return (rest, clipped)
  }
}
