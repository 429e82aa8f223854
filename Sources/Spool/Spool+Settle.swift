extension Spool {
  /// Why a settlement was refused.
  public enum SettlementFailure: Error, Hashable {
    case unknownDestination
    /// The outcome doesn't add up to the record's samples.
    case unbalanced
    /// All or a part of it was settled before.
    case notOpen
    /// More ranges apart than a cursor holds; settling others first makes room.
    case tooManyRanges
  }

  /// Says what became of records that were read. In memory; `storeCursors` makes it durable.
  public func settle(_ range: RecordRange, for destination: String, _ outcome: Outcome) throws(SettlementFailure) {
    guard let place = place(of: destination) else { throw .unknownDestination }
    guard outcome.total == range.sampleCount else { throw .unbalanced }
    let settled = Cursor.Settled(
      first: range.first,
      end: range.end,
      samplesBefore: range.samplesBefore,
      samplesEnd: range.samplesBefore + range.sampleCount
    )
    switch destinations[place].cursor.settle(settled) {
    case .settled: break
    case .notOpen: throw .notOpen
    case .tooManyRanges: throw .tooManyRanges
    }
    destinations[place].touch()
    destinations[place].cursor.delivered += outcome.delivered
    destinations[place].cursor.add(rejected: outcome.rejected, dropped: outcome.dropped)
  }

  /// Counts samples that were collected and never got into the spool.
  public func recordDroppedOutside(_ samples: UInt64, reason: String) {
    for index in destinations.indices {
      destinations[index].cursor.droppedOutside += samples
      destinations[index].cursor.add(rejected: [:], dropped: [reason: samples])
      destinations[index].touch()
    }
  }

  /// Writes what was settled since the last time: it survives the process, though not yet the machine. Far cheaper than
  /// `storeCursors`, so that a process that is killed sends again only what was on its way.
  public func writeCursors() throws(FileError) {
    for index in destinations.indices where !destinations[index].isWritten {
      try destinations[index].file.store(destinations[index].cursor, fileSystem, synchronizing: false)
      destinations[index].isWritten = true
      destinations[index].isStored = !destinations[index].file.isUnsynchronized
    }
  }

  /// Whether something was settled that isn't durable.
  public var hasUnstoredCursors: Bool { destinations.contains { !$0.isStored } }

  /// Makes durable what was settled since the last time.
  public func storeCursors() throws(FileError) {
    for index in destinations.indices where !destinations[index].isStored {
      do throws(FileError) {
        if destinations[index].isWritten, destinations[index].file.isUnsynchronized {
          try destinations[index].file.synchronize(fileSystem)
        } else {
          try destinations[index].file.store(destinations[index].cursor, fileSystem)
        }
      } catch {
        // After a failed sync nobody knows what the file holds.
        destinations[index].isWritten = false
        throw error
      }
      destinations[index].isStored = true
      destinations[index].isWritten = true
    }
  }
}

extension Spool.Destination {
  /// The cursor has moved.
  mutating func touch() {
    isStored = false
    isWritten = false
  }
}

extension Cursor {
  /// Where a reason that has no room left is counted.
  static let otherReason = "other"

  mutating func add(rejected more: [String: UInt64], dropped others: [String: UInt64]) {
    for (reason, count) in more where count > 0 { rejected[slot(reason, in: rejected), default: 0] += count }
    for (reason, count) in others where count > 0 { dropped[slot(reason, in: dropped), default: 0] += count }
  }

  /// Reasons come from a receiver's answers, too: their number and length are bounded, their counts are not lost.
  private func slot(_ reason: String, in counts: [String: UInt64]) -> String {
    if counts[reason] != nil { return reason }
    let isTooLong = reason.utf8.count > Self.reasonByteCountMax
    // A place for `other` in each of the two is kept free.
    return isTooLong || rejected.count + dropped.count >= Self.reasonCountMax - 8 ? Self.otherReason : reason
  }
}
