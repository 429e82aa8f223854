public import Samples

/// The disk queue (docs/formats/spool.md). Single-threaded: one owner calls it, with the time as an argument.
///
///     append ──► pending ──commit──► segment ──read──► a destination's lanes ──settle──► cursor
///
/// What `commit` returned from is durable; nothing else is acknowledged.
public final class Spool {
  static let lockName = "LOCK"
  /// The largest message that is taken; a record must hold it.
  public static let itemByteCountMax = 8 << 20

  struct Destination {
    let name: String
    var cursor: Cursor
    var file: CursorFile
    /// Durable as it is now.
    var isStored: Bool
    /// In the file as it is now.
    var isWritten = false
  }

  let fileSystem: any FileSystem
  public let configuration: SpoolConfiguration
  var segments: [SegmentInfo] = []
  var writer = SegmentWriter()
  var highestNumber: UInt64
  /// Appended, and not known to be durable.
  var pending: [PendingRecord] = []
  /// How many of `pending` the writer has taken.
  var encodedCount = 0
  var pendingSamples = 0
  /// What the next append gets.
  var nextSequence: UInt64
  var nextSamples: UInt64
  /// Up to here everything is durable.
  public internal(set) var acknowledgedSequence: UInt64
  var acknowledgedSamples: UInt64
  /// Samples that have been in a file. Never goes back: what was written and not yet durable may have been read and settled already.
  var collectedSamples: UInt64
  /// In the order of their names. There are few, and they are looked for at every step.
  var destinations: [Destination] = []
  var failedCommits = 0
  /// Whether the last commit found no room, and nothing that may be removed for it.
  public internal(set) var isFull = false
  /// Why the last commit came to nothing, until one does.
  public internal(set) var degraded: FileError?
  private let foreignFiles: Int
  private var lostCursors = 0
  private var lock: FileHandle?

  /// Opens the spool in a directory and finds out what it holds. Writes nothing but the lock's file.
  public init(_ fileSystem: any FileSystem, _ configuration: SpoolConfiguration) throws(SpoolError) {
    self.fileSystem = fileSystem
    self.configuration = configuration
    for name in configuration.destinations where !CursorFile.isValid(name) { throw .invalidDestinationName(name) }
    let lock: FileHandle?
    do throws(FileError) { lock = try fileSystem.lock(Self.lockName) } catch { throw .unreadable(error) }
    guard let lock else { throw .locked }
    self.lock = lock
    do throws(SpoolError) {
      let found = try Recovery.scan(fileSystem)
      segments = found.segments
      highestNumber = found.highestNumber
      foreignFiles = found.foreignFiles
      nextSequence = max(found.segments.last?.endSequence ?? 1, 1)
      nextSamples = found.segments.last?.samplesEnd ?? 0
      acknowledgedSequence = nextSequence
      acknowledgedSamples = nextSamples
      collectedSamples = nextSamples
      try loadCursors()
    } catch {
      fileSystem.close(lock)
      throw error
    }
  }

  deinit {
    writer.close(fileSystem)
    for index in destinations.indices { destinations[index].file.close(fileSystem) }
    if let lock { fileSystem.close(lock) }
  }

  private func loadCursors() throws(SpoolError) {
    let names: Set<String>
    do throws(FileError) { names = Set(try fileSystem.list().map(\.name)) } catch { throw .unreadable(error) }
    let first = segments.first
    for name in Set(configuration.destinations).sorted() {
      var file = CursorFile(destination: name)
      let oldest = Cursor(
        startingAt: first?.firstSequence ?? nextSequence,
        samplesBefore: first?.samplesBefore ?? nextSamples
      )
      switch try file.load(fileSystem, exists: names.contains(file.name)) {
      case .found(let cursor) where cursor.fits(segments):
        destinations.append(Destination(name: name, cursor: cursor, file: file, isStored: true, isWritten: true))
      case .missing: destinations.append(Destination(name: name, cursor: oldest, file: file, isStored: false))
      case .lost, .found:
        lostCursors += 1
        destinations.append(Destination(name: name, cursor: oldest, file: file, isStored: false))
      }
    }
    // Under interval durability a power cut can take records that a destination had already settled. Their numbers must not
    // be given to others, which would then count as settled.
    for destination in destinations {
      let highest = destination.cursor.highestSettled
      nextSequence = max(nextSequence, highest.sequence)
      nextSamples = max(nextSamples, highest.samples)
    }
    acknowledgedSequence = nextSequence
    acknowledgedSamples = nextSamples
    collectedSamples = nextSamples
    // Segments may have gone while a destination was not configured.
    for index in destinations.indices {
      if let first {
        _ = destinations[index].cursor.drop(
          below: first.firstSequence,
          samplesBefore: first.samplesBefore,
          reason: DropReason.age
        )
      }
    }
  }

  /// Takes a batch into memory. `commit` makes it durable.
  /// - Returns: one past the batch's last record. The batch is durable, or counted as dropped, once `acknowledgedSequence` is that far.
  public func append(_ batch: SampleBatch) throws(SpoolError) -> UInt64 {
    for item in batch.items where item.message.count > Self.itemByteCountMax {
      throw .itemTooLarge(byteCount: item.message.count)
    }
    if configuration.overflow == .dropNewest, isFull {
      recordDroppedOutside(UInt64(batch.sampleCount), reason: DropReason.full)
      return acknowledgedSequence
    }
    if pendingSamples + batch.sampleCount > configuration.pendingSampleCountMax {
      if let degraded { throw .degraded(degraded) }
      if configuration.overflow != .dropOldest { throw .full }
    }
    if !batch.references.isEmpty {
      if batch.items.isEmpty, batch.count <= RecordHeader.samplesPerRecord {
        enqueue(batch)
      } else {
        for start in stride(from: 0, to: batch.count, by: RecordHeader.samplesPerRecord) {
          enqueue(Self.slice(batch, start..<min(start + RecordHeader.samplesPerRecord, batch.count)))
        }
      }
    }
    var items = SampleBatch(stream: batch.stream)
    var byteCount = 0
    for item in batch.items {
      items.items.append(item)
      byteCount += item.message.count
      if byteCount >= RecordHeader.itemBytesPerRecord {
        enqueue(items)
        items.removeAll()
        byteCount = 0
      }
    }
    if !items.isEmpty { enqueue(items) }
    return nextSequence
  }

  private static func slice(_ batch: SampleBatch, _ range: Range<Int>) -> SampleBatch {
    var part = SampleBatch(stream: batch.stream)
    part.references = Array(batch.references[range])
    part.values = Array(batch.values[range])
    part.timestamps = batch.timestamps.count == 1 ? batch.timestamps : Array(batch.timestamps[range])
    return part
  }

  private func enqueue(_ batch: SampleBatch) {
    let record = PendingRecord(sequence: nextSequence, samplesBefore: nextSamples, batch: batch)
    pending.append(record)
    pendingSamples += record.sampleCount
    nextSequence += 1
    nextSamples += UInt64(record.sampleCount)
  }

  public var status: SpoolStatus {
    var status = SpoolStatus()
    status.segmentCount = segments.count
    status.byteCount = segments.reduce(0) { $0 + $1.byteCount }
    status.sampleCount = segments.reduce(0) { $0 + $1.samplesEnd - min($1.samplesBefore, $1.samplesEnd) }
    status.firstSequence = segments.first?.firstSequence ?? nextSequence
    status.nextSequence = nextSequence
    status.pendingSamples = pendingSamples
    status.failedCommits = failedCommits
    status.degraded = degraded
    status.foreignFiles = foreignFiles
    status.lostCursors = lostCursors
    status.recreations = fileSystem.recreations
    for segment in segments {
      status.damage.places += segment.damage.places
      status.damage.tornTails += segment.damage.tornTails
      status.damage.mendedChunks += segment.damage.mendedChunks
      status.damage.unreadablePages += segment.damage.unreadablePages
    }
    return status
  }

  /// Up to here everything is in files, so it survives the process; the machine, only what is acknowledged.
  public var writtenSequence: UInt64 { max(segments.last?.endSequence ?? 0, acknowledgedSequence) }

  /// Where everything that is in files ends: the place of the newest record that can be read.
  public var writtenPosition: SpoolPosition {
    guard let last = segments.last, last.endSequence > acknowledgedSequence else {
      return SpoolPosition(sequence: acknowledgedSequence, samplesBefore: acknowledgedSamples)
    }
    return SpoolPosition(sequence: last.endSequence, samplesBefore: last.samplesEnd)
  }

  /// Before the oldest record that the destination hasn't settled.
  public func openPosition(_ destination: String) -> SpoolPosition? {
    place(of: destination).map {
      SpoolPosition(sequence: destinations[$0].cursor.done, samplesBefore: destinations[$0].cursor.samplesBeforeDone)
    }
  }

  /// The first place from `position` on behind which lies a record that the destination hasn't settled, or nothing at all.
  public func openPosition(_ destination: String, from position: SpoolPosition) -> SpoolPosition {
    guard let place = place(of: destination) else { return position }
    let done = destinations[place].cursor.done
    if position.sequence < done {
      return SpoolPosition(sequence: done, samplesBefore: destinations[place].cursor.samplesBeforeDone)
    }
    guard
      let range = destinations[place].cursor.beyond.first(where: {
        $0.first <= position.sequence && position.sequence < $0.end
      })
    else {
      return position
    }
    return SpoolPosition(sequence: range.end, samplesBefore: range.samplesEnd)
  }

  public func ledger(_ destination: String) -> Ledger? {
    place(of: destination).map { Ledger(destinations[$0].cursor, samplesEnd: collectedSamples) }
  }

  /// Of the ledger.
  public func queuedSamples(_ destination: String) -> UInt64? {
    place(of: destination).map { destinations[$0].cursor.queuedSamples(end: collectedSamples) }
  }

  /// Among the destinations.
  func place(of destination: String) -> Int? { destinations.indices.first { destinations[$0].name == destination } }
}

/// Why samples were dropped, by us.
public enum DropReason {
  public static let cap = "cap"
  public static let age = "age"
  public static let damaged = "damaged"
  public static let full = "full"
  public static let io = "io"
}
