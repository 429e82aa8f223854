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
  /// Milliseconds since 1970; 0 where the header is gone.
  var created: Int64 = 0
  var isSealed = false
  /// Of the samples, as the seal has it; of a segment without one, the first and last of its records' lowest.
  var timeRange: ClosedRange<Int64>?
  var damage = SegmentDamage()

  /// Too short for a record, and without a header that holds.
  var isBlank: Bool { created == 0 && byteCount <= SegmentHeader.byteCount }
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
    // From the last to the first: where a segment ends is what the header of the next one says, so only the last one and those before a
    // header that doesn't hold have to be read through if they have no seal.
    var isEndKnown = false
    var infos: [SegmentInfo] = []
    for (number, entry) in files.reversed() {
      var info = opening(number, entry)
      isEndKnown = try readHeader(fileSystem, &info, scanningUnsealed: !isEndKnown)
      infos.append(info)
    }
    for var info in infos.reversed() {
      place(&info, after: found.segments.last)
      found.segments.append(info)
    }
    settleEnds(&found.segments)
    return found
  }

  /// A header that is gone and no record: an empty segment, wherever the one before ends.
  static func place(_ info: inout SegmentInfo, after previous: SegmentInfo?) {
    guard info.firstSequence == .max else { return }
    info.firstSequence = previous?.endSequence ?? 1
    info.endSequence = info.firstSequence
    info.samplesBefore = previous?.samplesEnd ?? 0
    info.samplesEnd = info.samplesBefore
  }

  /// Records that a later segment begins with don't exist in an earlier one. Files without even a header, and nothing before them, begin
  /// where the next one does: a process was stopped between making the file and writing it, and what came before had been removed.
  static func settleEnds(_ segments: inout [SegmentInfo]) {
    let blankCount = segments.prefix(while: \.isBlank).count
    for index in segments.indices.dropLast().reversed() {
      let next = segments[index + 1]
      if index < blankCount {
        segments[index].firstSequence = next.firstSequence
        segments[index].samplesBefore = next.samplesBefore
      }
      segments[index].lastWrite = max(segments[index].lastWrite, next.lastWrite)
      if segments[index].firstSequence > next.firstSequence { segments[index].firstSequence = next.firstSequence }
      segments[index].endSequence = next.firstSequence
      segments[index].samplesEnd = next.samplesBefore
      segments[index].samplesBefore = min(segments[index].samplesBefore, next.samplesBefore)
    }
  }

  /// What the directory alone says of a segment.
  static func opening(_ number: UInt64, _ entry: DirectoryEntry) -> SegmentInfo {
    SegmentInfo(
      number: number,
      firstSequence: .max,
      endSequence: .max,
      samplesBefore: 0,
      samplesEnd: 0,
      byteCount: entry.byteCount,
      lastWrite: 0
    )
  }

  /// Reads header and seal, and the records where that isn't enough.
  /// - Parameter scanningUnsealed: whether a segment with a header and no seal is read through, to find its end.
  /// - Returns: whether the header holds.
  static func readHeader(
    _ fileSystem: any FileSystem,
    _ info: inout SegmentInfo,
    scanningUnsealed: Bool
  ) throws(SpoolError) -> Bool {
    let name = SegmentHeader.name(info.number)
    let file: FileHandle
    do throws(FileError) { file = try fileSystem.open(name, writable: false) } catch {
      info.damage.unreadablePages += 1
      return false
    }
    defer { fileSystem.close(file) }
    var bytes = ByteBuffer()
    do throws(FileError) {
      try fileSystem.read(file, at: 0, count: SegmentHeader.byteCount, into: &bytes)
    } catch {
      info.damage.unreadablePages += 1
    }
    switch SegmentHeader.read(bytes.span, number: info.number) {
    case .newer(let version): throw .newerFormat(file: name, readerVersion: version)
    case .valid(let header):
      info.firstSequence = header.firstSequence
      info.endSequence = header.firstSequence
      info.samplesBefore = header.samplesBefore
      info.samplesEnd = header.samplesBefore
      info.lastWrite = header.created
      info.created = header.created
      if readSeal(fileSystem, file, &info) || !scanningUnsealed { return true }
      scanRecords(fileSystem, file, &info)
      return true
    case .damaged:
      if info.byteCount >= SegmentHeader.byteCount { info.damage.places += 1 }
      scanRecords(fileSystem, file, &info)
      return false
    }
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
    info.isSealed = true
    let seal = SegmentSeal(bytes.span.extracting(RecordHeader.byteCount..<sealByteCount))
    if seal.lowest <= seal.highest { info.timeRange = seal.lowest...seal.highest }
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
      let time = header.lowestTimestamp
      info.timeRange = min(info.timeRange?.lowerBound ?? time, time)...max(info.timeRange?.upperBound ?? time, time)
    }
    info.damage.places += scanner.damage.places
    info.damage.tornTails += scanner.damage.tornTails
    info.damage.mendedChunks += scanner.damage.mendedChunks
    info.damage.unreadablePages += scanner.damage.unreadablePages
  }
}

/// The payload of a seal (docs/formats/spool.md, 5.6).
struct SegmentSeal: Hashable {
  static let payloadByteCount = 56

  let records: UInt64
  let samples: UInt64
  let lowest: Int64
  let highest: Int64

  /// - Parameter payload: of `payloadByteCount` bytes.
  init(_ payload: Span<UInt8>) {
    records = payload.littleEndian(at: 0, as: UInt64.self)
    samples = payload.littleEndian(at: 8, as: UInt64.self)
    lowest = payload.littleEndian(at: 16, as: Int64.self)
    highest = payload.littleEndian(at: 24, as: Int64.self)
  }
}
