/// A spool directory as it is looked into from outside: without the lock and without writing, so an agent may be at work in it meanwhile.
/// Segments that the agent removes on the way are left out.
public struct SpoolInspection {
  let fileSystem: any FileSystem
  /// Ordered by number.
  public private(set) var segments: [SegmentSummary] = []
  public private(set) var destinations: [DestinationSummary] = []
  /// Names that are none of the spool's.
  public private(set) var foreignFiles: [String] = []
  /// What a later version wrote, and this one doesn't read.
  public private(set) var newer: [NewerFile] = []

  /// A file of a later version.
  public struct NewerFile: Hashable {
    public let name: String
    /// The oldest version of a reader that may read it.
    public let readerVersion: UInt16
  }

  var infos: [SegmentInfo] = []
  /// Of the sealed segments, what stands in their own files.
  private var sealed: [UInt64: SegmentInfo] = [:]

  /// Reads what lies in a directory: of sealed segments header and seal, of the others all.
  /// - Parameter known: of the same directory, for who looks again and again: what was sealed then isn't read again.
  public init(_ fileSystem: any FileSystem, known: SpoolInspection? = nil) throws(FileError) {
    self.fileSystem = fileSystem
    var files: [(number: UInt64, entry: DirectoryEntry)] = []
    var names: [String] = []
    for entry in try fileSystem.list() {
      if entry.isRegularFile, let number = SegmentHeader.number(entry.name) {
        files.append((number, entry))
      } else if entry.isRegularFile, let destination = CursorFile.destination(entry.name) {
        names.append(destination)
      } else if entry.name != Spool.lockName {
        foreignFiles.append(entry.name)
      }
    }
    files.sort { $0.number < $1.number }
    foreignFiles.sort()
    for (number, entry) in files { readSegment(number, entry, known?.sealed[number]) }
    Recovery.settleEnds(&infos)
    segments = infos.map(SegmentSummary.init)
    for name in names.sorted() { readCursor(name) }
  }

  private mutating func readSegment(_ number: UInt64, _ entry: DirectoryEntry, _ known: SegmentInfo?) {
    var info = Recovery.opening(number, entry)
    if let known, known.byteCount == entry.byteCount {
      info = known
    } else {
      do throws(SpoolError) {
        _ = try Recovery.readHeader(fileSystem, &info, scanningUnsealed: true)
      } catch {
        if case .newerFormat(let file, let version) = error {
          newer.append(NewerFile(name: file, readerVersion: version))
        }
        return
      }
    }
    if info.isSealed { sealed[number] = info }
    Recovery.place(&info, after: infos.last)
    infos.append(info)
  }

  private mutating func readCursor(_ destination: String) {
    let reading = CursorReading(fileSystem, destination)
    if let version = reading.newerVersion {
      newer.append(NewerFile(name: reading.name, readerVersion: version))
      return
    }
    destinations.append(DestinationSummary(destination, reading, infos))
  }

  /// Bytes of all segments.
  public var byteCount: Int { segments.reduce(0) { $0 + $1.byteCount } }
}

/// What is known of a segment without reading all of it.
public struct SegmentSummary: Hashable {
  public let number: UInt64
  public let byteCount: Int
  public let records: UInt64
  public let samples: UInt64
  /// Samples collected in all segments before.
  public let samplesBefore: UInt64
  /// Of the samples, milliseconds since 1970; where the segment isn't sealed, the second is when its last record begins.
  public let timeRange: ClosedRange<Int64>?
  public let isSealed: Bool
  public let damage: SegmentDamage
  let endSequence: UInt64

  public var name: String { SegmentHeader.name(number) }

  init(_ info: SegmentInfo) {
    endSequence = info.endSequence
    number = info.number
    byteCount = info.byteCount
    records = info.endSequence - min(info.firstSequence, info.endSequence)
    samples = info.samplesEnd - min(info.samplesBefore, info.samplesEnd)
    samplesBefore = info.samplesBefore
    timeRange = info.timeRange
    isSealed = info.isSealed
    damage = info.damage
  }
}

/// How far a destination is.
public struct DestinationSummary {
  public let name: String
  public let ledger: Ledger
  /// Neither slot of the cursor can be used: an agent would begin with the oldest record.
  public let isLost: Bool
  /// Samples whose segments went while nobody kept this cursor: a start counts them as dropped.
  public let goneSamples: UInt64
  let cursor: Cursor

  /// Whether it is settled what became of the record.
  public func isSettled(_ sequence: UInt64) -> Bool { cursor.isSettled(sequence) }

  /// Whether it is settled what became of everything that a sealed segment holds.
  public func isSettled(_ segment: SegmentSummary) -> Bool { segment.isSealed && cursor.done >= segment.endSequence }

  init(_ name: String, _ reading: CursorReading, _ segments: [SegmentInfo]) {
    self.name = name
    let first = segments.first
    var cursor =
      reading.cursor ?? Cursor(startingAt: first?.firstSequence ?? 1, samplesBefore: first?.samplesBefore ?? 0)
    isLost = reading.cursor.map { !$0.fits(segments) } ?? !reading.isNew
    if isLost {
      cursor = Cursor(startingAt: first?.firstSequence ?? 1, samplesBefore: first?.samplesBefore ?? 0)
    }
    var gone: UInt64 = 0
    if let first {
      gone = cursor.drop(below: first.firstSequence, samplesBefore: first.samplesBefore, reason: DropReason.age)
    }
    goneSamples = gone
    let end = max(segments.last?.samplesEnd ?? 0, cursor.highestSettled.samples)
    ledger = Ledger(cursor, samplesEnd: end)
    self.cursor = cursor
  }
}
