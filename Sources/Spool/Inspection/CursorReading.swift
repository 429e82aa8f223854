import Samples

/// Both slots of a destination's cursor, as they stand in the file.
struct CursorReading {
  /// Tries before a slot that doesn't hold is believed to be damaged: an agent may be writing it.
  private static let attemptsMax = 3

  let name: String
  private(set) var cursor: Cursor?
  private(set) var newerVersion: UInt16?
  /// Offsets of slots that were written and don't hold.
  private(set) var damagedOffsets: [Int] = []
  private(set) var readFailure: FileError?
  /// Nothing was written to the file yet.
  private(set) var isNew = false

  init(_ fileSystem: any FileSystem, _ destination: String) {
    name = CursorFile(destination: destination).name
    for _ in 0..<Self.attemptsMax {
      read(fileSystem)
      if damagedOffsets.isEmpty { return }
    }
  }

  private mutating func read(_ fileSystem: any FileSystem) {
    var bytes = ByteBuffer()
    damagedOffsets = []
    readFailure = nil
    do throws(FileError) {
      let file = try fileSystem.open(name, writable: false)
      defer { fileSystem.close(file) }
      try fileSystem.read(file, at: 0, count: 2 * CursorSlot.byteCount, into: &bytes)
    } catch {
      readFailure = error
      return
    }
    isNew = CursorSlot.isUnwritten(bytes.span)
    if isNew { return }
    var highest: UInt64 = 0
    for slot in 0..<2 {
      let offset = slot * CursorSlot.byteCount
      guard bytes.count >= offset + CursorSlot.byteCount else {
        if bytes.count > offset || slot == 0 { damagedOffsets.append(offset) }
        continue
      }
      let content = bytes.span.extracting(offset..<offset + CursorSlot.byteCount)
      switch CursorSlot.read(content) {
      case .valid(let found, let generation):
        if cursor == nil || generation > highest { cursor = found }
        highest = max(highest, generation)
      case .newer(let version): newerVersion = version
      case .damaged: if !CursorSlot.isUnwritten(content) { damagedOffsets.append(offset) }
      }
    }
  }
}

extension Cursor {
  /// Whether its counters can be those of a directory with these segments: as far as records go, samples go. A cursor that came from another
  /// directory doesn't, and nothing it says is used.
  func fits(_ segments: [SegmentInfo]) -> Bool {
    var points = [(done, samplesBeforeDone)]
    for range in beyond { points += [(range.first, range.samplesBefore), (range.end, range.samplesEnd)] }
    return points.allSatisfy { sequence, samples in
      segments.allSatisfy { segment in
        (sequence < segment.firstSequence || samples >= segment.samplesBefore)
          && (sequence > segment.firstSequence || samples <= segment.samplesBefore)
      }
    }
  }
}
