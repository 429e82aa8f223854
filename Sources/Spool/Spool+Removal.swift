import Glibc
import Samples

/// docs/formats/spool.md, 8.
extension Spool {
  /// Removes old segments until `byteCount` more fit under the cap.
  func makeRoom(for byteCount: Int) throws(FileError) {
    while segments.reduce(0, { $0 + $1.byteCount }) + byteCount > configuration.byteCountMax {
      guard segments.count > 1 else { return }
      guard configuration.overflow == .dropOldest || isSettledByAll(segments[0]) else {
        throw FileError(.write, SegmentHeader.name(highestNumber), code: ENOSPC)
      }
      try removeOldest(reason: DropReason.cap)
    }
  }

  /// The disk is full though the cap isn't reached: whether something could be removed.
  func removeForRoom() -> Bool {
    guard let oldest = segments.first, !writer.isOpen || segments.count > 1,
      configuration.overflow == .dropOldest || isSettledByAll(oldest)
    else { return false }
    do throws(FileError) {
      try removeOldest(reason: DropReason.cap)
      return true
    } catch {
      return false
    }
  }

  func enforceAge(now: Int64) throws(SpoolError) {
    guard let ageMax = configuration.ageMax else { return }
    while let oldest = segments.first, segments.count > 1 || !writer.isOpen, now - oldest.lastWrite > ageMax {
      do throws(FileError) { try removeOldest(reason: DropReason.age) } catch { throw .degraded(error) }
    }
  }

  private func isSettledByAll(_ segment: SegmentInfo) -> Bool {
    destinations.allSatisfy { $0.cursor.done >= segment.endSequence }
  }

  /// The order is the point: first it is durable that nobody waits for the segment, then the segment goes.
  private func removeOldest(reason: String) throws(FileError) {
    let oldest = segments[0]
    for index in destinations.indices where destinations[index].cursor.done < oldest.endSequence {
      _ = destinations[index].cursor.drop(
        below: oldest.endSequence,
        samplesBefore: oldest.samplesEnd,
        reason: reason
      )
      destinations[index].touch()
    }
    do throws(FileError) { try storeCursors() } catch {
      // Where there is no room even for the cursor, the room comes first. The books balance all the same: the next segment's header
      // says how many samples came before it, and what isn't settled of those counts as dropped after a restart, too.
      guard error.code == ENOSPC, segments.count > 1 else { throw error }
    }
    do throws(FileError) { try fileSystem.remove(SegmentHeader.name(oldest.number)) } catch {
      // Somebody was quicker.
      if error.code != ENOENT { throw error }
    }
    segments.removeFirst()
  }
}
