import Samples

/// What is known of a segment without reading it again.
struct SegmentInfo: Hashable {
  let number: UInt64
  var firstSequence: UInt64
  var endSequence: UInt64
  var samplesBefore: UInt64
  var samplesEnd: UInt64
  /// What may be read of the file.
  var byteCount: Int
  /// Milliseconds since 1970: of the last write, or of the creation where that isn't known.
  var lastWrite: Int64
  var damage = SegmentDamage()
}

/// Finds out what a directory holds, and writes nothing (docs/formats/spool.md, 2: "a start writes nothing").
enum Recovery {
  struct Found {
    var segments: [SegmentInfo] = []
    var foreignFiles = 0
    var highestNumber: UInt64 = 0
  }

  static func scan(_ fileSystem: any FileSystem) throws(SpoolError) -> Found {
    var found = Found()
    var files: [(number: UInt64, entry: DirectoryEntry)] = []
    do throws(FileError) {
      for entry in try fileSystem.list() {
        if entry.isRegularFile, let number = SegmentHeader.number(entry.name) {
          files.append((number, entry))
        } else if !(entry.isRegularFile && (entry.name == Spool.lockName || CursorFile.destination(entry.name) != nil))
        {
          found.foreignFiles += 1
        }
      }
    } catch { throw .unreadable(error) }
    files.sort { $0.number < $1.number }
    found.highestNumber = files.last?.number ?? 0
    for (number, entry) in files {
      var info = try read(fileSystem, number, entry)
      // A header that is gone and no record: an empty segment, wherever the one before ends.
      if info.firstSequence == .max {
        info.firstSequence = found.segments.last?.endSequence ?? 1
        info.endSequence = info.firstSequence
        info.samplesBefore = found.segments.last?.samplesEnd ?? 0
        info.samplesEnd = info.samplesBefore
      }
      found.segments.append(info)
    }
    settleEnds(&found.segments)
    return found
  }

  /// Records that a later segment begins with don't exist in an earlier one.
  private static func settleEnds(_ segments: inout [SegmentInfo]) {
    for index in segments.indices.dropLast().reversed() {
      let next = segments[index + 1]
      segments[index].lastWrite = max(segments[index].lastWrite, next.lastWrite)
      if segments[index].firstSequence > next.firstSequence { segments[index].firstSequence = next.firstSequence }
      segments[index].endSequence = next.firstSequence
      segments[index].samplesEnd = next.samplesBefore
      segments[index].samplesBefore = min(segments[index].samplesBefore, next.samplesBefore)
    }
  }

  private static func read(
    _ fileSystem: any FileSystem,
    _ number: UInt64,
    _ entry: DirectoryEntry
  ) throws(SpoolError) -> SegmentInfo {
    var info = SegmentInfo(
      number: number,
      firstSequence: .max,
      endSequence: .max,
      samplesBefore: 0,
      samplesEnd: 0,
      byteCount: entry.byteCount,
      lastWrite: 0
    )
    let file: FileHandle
    do throws(FileError) { file = try fileSystem.open(entry.name, writable: false) } catch {
      info.damage.unreadablePages += 1
      return info
    }
    defer { fileSystem.close(file) }
    var bytes = ByteBuffer()
    do throws(FileError) {
      try fileSystem.read(file, at: 0, count: SegmentHeader.byteCount, into: &bytes)
    } catch {
      info.damage.unreadablePages += 1
    }
    switch SegmentHeader.read(bytes.span, number: number) {
    case .newer(let version): throw .newerFormat(file: entry.name, readerVersion: version)
    case .valid(let header):
      info.firstSequence = header.firstSequence
      info.endSequence = header.firstSequence
      info.samplesBefore = header.samplesBefore
      info.samplesEnd = header.samplesBefore
      info.lastWrite = header.created
      if readSeal(fileSystem, file, &info) { return info }
    case .damaged:
      if entry.byteCount >= SegmentHeader.byteCount { info.damage.places += 1 }
    }
    scanRecords(fileSystem, file, &info)
    return info
  }

  private static func readSeal(_ fileSystem: any FileSystem, _ file: FileHandle, _ info: inout SegmentInfo) -> Bool {
    let sealByteCount = RecordHeader.byteCount + SegmentSeal.payloadByteCount
    var bytes = ByteBuffer()
    guard info.byteCount >= SegmentHeader.byteCount + sealByteCount else { return false }
    do throws(FileError) {
      try fileSystem.read(file, at: info.byteCount - sealByteCount, count: sealByteCount, into: &bytes)
    } catch { return false }
    guard bytes.count == sealByteCount,
      let header = RecordHeader(bytes.span, segment: info.number, offset: info.byteCount - sealByteCount),
      header.kind == .seal,
      header.payloadByteCount == SegmentSeal.payloadByteCount,
      CRC32C.checksum(bytes.span.extracting(RecordHeader.byteCount..<sealByteCount)) == header.payloadChecksum
    else { return false }
    info.endSequence = header.sequence
    info.samplesEnd = header.samplesBefore
    return true
  }

  private static func scanRecords(_ fileSystem: any FileSystem, _ file: FileHandle, _ info: inout SegmentInfo) {
    var scanner = SegmentScanner(number: info.number, file: file)
    while let header = scanner.next(fileSystem, limit: info.byteCount) {
      guard header.isData else { continue }
      if info.firstSequence == .max {
        info.firstSequence = header.sequence
        info.samplesBefore = header.samplesBefore
      }
      info.endSequence = header.sequence + 1
      info.samplesEnd = header.samplesBefore + UInt64(header.sampleCount)
    }
    info.damage.places += scanner.damage.places
    info.damage.mendedChunks += scanner.damage.mendedChunks
    info.damage.unreadablePages += scanner.damage.unreadablePages
  }
}

enum SegmentSeal {
  static let payloadByteCount = 56
}
