import Glibc
public import Samples

extension Spool {
  /// Writes what was appended, and makes it durable if asked to; the first write of a segment always is.
  ///
  /// When a write or a sync fails, the file is given up and everything not yet durable is written once more, to a new segment: after a failed sync
  /// nobody knows what the file holds, and a second sync would say that all is well.
  /// - Parameters:
  ///   - now: milliseconds since 1970.
  ///   - synchronizing: whether to wait for the disk. Without it, what is written survives the process but not the machine.
  public func commit(table: borrowing SeriesTable, now: Int64, synchronizing: Bool) throws(SpoolError) {
    var otherFailures = 0
    while true {
      do throws(FileError) {
        try writePending(table: table, now: now, synchronizing: synchronizing)
        degraded = nil
        isFull = false
        break
      } catch {
        failedCommits += 1
        abandonWriter()
        let hasNoRoom = error.code == ENOSPC || error.code == EDQUOT
        if hasNoRoom, removeForRoom() { continue }
        if hasNoRoom, configuration.overflow != .dropOldest {
          isFull = true
          throw .full
        }
        otherFailures += 1
        if otherFailures < 2 { continue }
        degraded = error
        throw .degraded(error)
      }
    }
    try enforceAge(now: now)
  }

  private func writePending(table: borrowing SeriesTable, now: Int64, synchronizing: Bool) throws(FileError) {
    // What is written and not yet durable has to be before the seal says so.
    if writer.isOpen, encodedCount == 0,
      writer.writtenByteCount >= configuration.segmentByteCount
        || now - writer.created > SpoolConfiguration.segmentAgeMax
    {
      try sealWriter()
    }
    guard !pending.isEmpty else { return }
    // Before the first segment is, so that the cursors have their room when it is full.
    if segments.isEmpty { try storeCursors() }
    if !writer.isOpen { try openSegment(now: now) }
    while encodedCount < pending.count {
      writer.append(pending[encodedCount], table: table)
      encodedCount += 1
    }
    let written = writer.output.count
    if written > 0 {
      try makeRoom(for: written + writer.sealByteCountMax)
      try writer.write(fileSystem)
    }
    if synchronizing || !writer.isAnchored {
      try writer.synchronize(fileSystem)
      if !writer.isAnchored {
        try fileSystem.synchronizeDirectory()
        writer.isAnchored = true
      }
      acknowledge(now: now)
    } else {
      updateActive(now: now)
    }
    if encodedCount == 0, writer.writtenByteCount >= configuration.segmentByteCount { try sealWriter() }
  }

  private func openSegment(now: Int64) throws(FileError) {
    let first = pending[0]
    highestNumber += 1
    let file = try fileSystem.create(SegmentHeader.name(highestNumber))
    let header = SegmentHeader(
      number: highestNumber,
      firstSequence: first.sequence,
      samplesBefore: first.samplesBefore,
      created: now
    )
    writer = SegmentWriter(header: header, file: file)
    encodedCount = 0
    segments.append(
      SegmentInfo(
        number: highestNumber,
        firstSequence: first.sequence,
        endSequence: first.sequence,
        samplesBefore: first.samplesBefore,
        samplesEnd: first.samplesBefore,
        byteCount: 0,
        lastWrite: now,
        created: now
      )
    )
  }

  /// What is written may be read, though it isn't acknowledged.
  private func updateActive(now: Int64) {
    let last = pending[encodedCount - 1]
    segments[segments.count - 1].endSequence = last.sequence + 1
    segments[segments.count - 1].samplesEnd = last.samplesBefore + UInt64(last.sampleCount)
    segments[segments.count - 1].byteCount = writer.writtenByteCount
    segments[segments.count - 1].lastWrite = now
    collectedSamples = max(collectedSamples, segments[segments.count - 1].samplesEnd)
  }

  private func acknowledge(now: Int64) {
    updateActive(now: now)
    acknowledgedSequence = nextSequence
    acknowledgedSamples = nextSamples
    pending.removeAll(keepingCapacity: true)
    pendingSamples = 0
    encodedCount = 0
  }

  /// Ends the segment in order. All of it is durable already, so a failure loses nothing but the seal.
  func sealWriter() throws(FileError) {
    guard writer.isOpen else { return }
    defer { closeWriter() }
    writer.seal()
    try writer.write(fileSystem)
    segments[segments.count - 1].byteCount = writer.writtenByteCount
    try writer.synchronize(fileSystem)
  }

  private func closeWriter() {
    writer.close(fileSystem)
    writer = SegmentWriter()
  }

  /// Gives the file up. What it holds beyond the last acknowledged record will stand in the next segment, and by that count here for nothing.
  private func abandonWriter() {
    guard writer.isOpen else { return }
    closeWriter()
    encodedCount = 0
    let last = segments.count - 1
    if segments[last].byteCount == 0 {
      // Nothing of it was ever acknowledged. If it can't be removed, a start takes it for the empty segment it is.
      do throws(FileError) {
        try fileSystem.remove(SegmentHeader.name(segments[last].number))
        segments.removeLast()
        return
      } catch { segments[last].damage.places += 1 }
    }
    if let first = pending.first {
      segments[last].endSequence = min(segments[last].endSequence, first.sequence)
      segments[last].samplesEnd = min(segments[last].samplesEnd, first.samplesBefore)
    }
  }

  /// Ends the segment that is being written. Where this says yes, no number of a series is under way, and the table may be swept.
  /// - Returns: false while something that was appended isn't durable.
  public func endSegment() -> Bool {
    guard pending.isEmpty else { return false }
    // Everything is durable already: without its seal the segment takes the next start a little longer.
    do throws(FileError) { try sealWriter() } catch { failedCommits += 1 }
    return true
  }

  /// Seals the segment, makes all cursors durable and lets go of the directory. For an end in order.
  public func close(table: borrowing SeriesTable, now: Int64) throws(SpoolError) {
    try commit(table: table, now: now, synchronizing: true)
    // Everything is durable already: without its seal the segment takes the next start a little longer.
    do throws(FileError) { try sealWriter() } catch { failedCommits += 1 }
    do throws(FileError) { try storeCursors() } catch { throw .degraded(error) }
  }
}
