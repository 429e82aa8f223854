import Samples

/// The segment that is being written. Gathers bytes; the spool writes them.
struct SegmentWriter: ~Copyable {
  /// What gathers before a parity record is written.
  static let parityDistance = Parity.chunksPerStripe * Parity.chunkByteCount

  /// The most that sealing adds: less than `parityDistance` is unprotected then, so the fewest stripes cover it.
  var sealByteCountMax: Int {
    2 * RecordHeader.byteCount + Parity.Protection.headByteCount + Parity.chunksPerStripe * 4
      + Parity.stripeCountMin(at: unprotectedStart) * Parity.chunkByteCount + SegmentSeal.payloadByteCount
  }

  let number: UInt64
  /// Nothing while no segment is open.
  let file: FileHandle?
  let created: Int64
  private var encoder = SegmentEncoder()
  /// Where in the file `output` goes.
  private(set) var writtenByteCount = 0
  private(set) var output = ByteBuffer()
  private var unprotected = ByteBuffer()
  private var unprotectedStart = 0
  private var definitions: [[UInt8]] = []
  private var payload = ByteBuffer()
  private(set) var records: UInt64 = 0
  private(set) var samples: UInt64 = 0
  private(set) var timeRange: ClosedRange<Int64>?
  private(set) var nextSequence: UInt64
  private var samplesBefore: UInt64
  /// Whether its name and first bytes are durable.
  var isAnchored = false

  /// No segment.
  init() {
    number = 0
    file = nil
    created = 0
    nextSequence = 0
    samplesBefore = 0
  }

  init(header: SegmentHeader, file: FileHandle) {
    number = header.number
    self.file = file
    created = header.created
    nextSequence = header.firstSequence
    samplesBefore = header.samplesBefore
    header.append(to: &output)
    unprotected.append(output)
  }

  mutating func append(_ record: PendingRecord, table: borrowing SeriesTable) {
    precondition(record.sequence == nextSequence, "BUG: records out of order")
    definitions.removeAll(keepingCapacity: true)
    payload.removeAll()
    let lowest: Int64
    let kind: RecordHeader.Kind
    if record.batch.references.isEmpty {
      kind = .items
      lowest = encoder.encode(
        items: record.batch.items,
        stream: record.batch.stream,
        table: table,
        definitions: &definitions,
        payload: &payload
      )
    } else {
      kind = .samples
      lowest = encoder.encode(
        record.batch,
        sequence: record.sequence,
        table: table,
        definitions: &definitions,
        payload: &payload
      )
    }
    for bytes in definitions {
      var content = ByteBuffer(minimumCapacity: bytes.count)
      content.append(bytes)
      let header = RecordHeader(
        .definitions,
        payload: content,
        sequence: nextSequence,
        samplesBefore: samplesBefore
      )
      Self.put(header, content, place, into: &output, and: &unprotected)
    }
    let header = RecordHeader(
      kind,
      payload: payload,
      sequence: nextSequence,
      samplesBefore: samplesBefore,
      sampleCount: record.sampleCount,
      lowestTimestamp: lowest
    )
    Self.put(header, payload, place, into: &output, and: &unprotected)
    nextSequence += 1
    samplesBefore += UInt64(record.sampleCount)
    records += 1
    samples += UInt64(record.sampleCount)
    let highest = record.highestTimestamp
    timeRange = min(timeRange?.lowerBound ?? lowest, lowest)...max(timeRange?.upperBound ?? highest, highest)
    if unprotected.count >= Self.parityDistance { protect() }
  }

  /// Puts what has gathered into the file.
  mutating func write(_ fileSystem: any FileSystem) throws(FileError) {
    guard let file, output.count > 0 else { return }
    try fileSystem.write(output.span, to: file, at: writtenByteCount)
    writtenByteCount += output.count
    output.removeAll()
  }

  func synchronize(_ fileSystem: any FileSystem) throws(FileError) {
    if let file { try fileSystem.synchronize(file) }
  }

  func close(_ fileSystem: any FileSystem) {
    if let file { fileSystem.close(file) }
  }

  var isOpen: Bool { file != nil }

  mutating func seal() {
    if unprotected.count > 0 { protect() }
    payload.removeAll()
    payload.append(littleEndian: records)
    payload.append(littleEndian: samples)
    payload.append(littleEndian: timeRange?.lowerBound ?? 0)
    payload.append(littleEndian: timeRange?.upperBound ?? 0)
    for _ in 0..<24 { payload.append(0) }
    let header = RecordHeader(.seal, payload: payload, sequence: nextSequence, samplesBefore: samplesBefore)
    Self.put(header, payload, place, into: &output, and: &unprotected)
  }

  private var place: (segment: UInt64, writtenByteCount: Int) { (number, writtenByteCount) }

  private static func put(
    _ header: RecordHeader,
    _ payload: borrowing ByteBuffer,
    _ place: (segment: UInt64, writtenByteCount: Int),
    into output: inout ByteBuffer,
    and unprotected: inout ByteBuffer
  ) {
    let start = output.count
    header.append(to: &output, segment: place.segment, offset: place.writtenByteCount + start)
    output.append(payload)
    unprotected.append(output, from: start)
  }

  private mutating func protect() {
    payload.removeAll()
    Parity.append(protecting: unprotected, at: unprotectedStart, to: &payload)
    let header = RecordHeader(.parity, payload: payload, sequence: nextSequence, samplesBefore: samplesBefore)
    header.append(to: &output, segment: number, offset: writtenByteCount + output.count)
    output.append(payload)
    unprotected.removeAll()
    unprotectedStart = writtenByteCount + output.count
  }
}

/// A record that isn't known to be durable yet, so it is kept to be written again.
struct PendingRecord {
  let sequence: UInt64
  let samplesBefore: UInt64
  /// Samples or items, not both.
  let batch: SampleBatch

  var sampleCount: Int { batch.sampleCount }
  var highestTimestamp: Int64 { batch.timestamps.max() ?? batch.items.map(\.timestamp).max() ?? 0 }
}
