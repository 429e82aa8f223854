import Samples

/// Reads the records of one segment, and gets past whatever is wrong with it (docs/formats/spool.md, 4.3 and 4.5).
struct SegmentScanner: ~Copyable {
  /// How far ahead a parity record is looked for: what it protects, and one record of the largest size on either side.
  private static let paritySearchByteCount = 3 * RecordHeader.payloadByteCountMax
  private static let windowByteCount = 256 << 10
  private static let pageByteCount = 4096
  /// Each is looked at with each read: a segment with more bits wrong is not one that a bit of bad luck has hit.
  private static let patchCountMax = 4096

  let number: UInt64
  /// Nothing while no segment is open.
  let file: FileHandle?
  private(set) var offset = SegmentHeader.byteCount
  private(set) var damage = SegmentDamage()
  private var window = ByteBuffer()
  private var windowStart = 0
  /// What parity gave back, by offset in the file.
  private(set) var patches: [(offset: Int, bytes: [UInt8])] = []
  /// What was wrong since the last `takePlaces`; nothing is kept unless `isKeepingPlaces`, so that reading for sending has no such list.
  private var places: [DamagedPlace] = []
  private let isKeepingPlaces: Bool
  private var lastSearched = -1

  /// No segment.
  init() {
    number = 0
    file = nil
    isKeepingPlaces = false
  }

  init(number: UInt64, file: FileHandle, isKeepingPlaces: Bool = false) {
    self.number = number
    self.file = file
    self.isKeepingPlaces = isKeepingPlaces
  }

  /// The payload of the record that `next` returned last.
  private(set) var payloadRange = 0..<0
  var payload: Span<UInt8> {
    @_lifetime(borrow self)
    get { window.span.extracting(payloadRange) }
  }

  /// The next record that is whole, or nothing up to `limit`, the end of what may be read of the file.
  mutating func next(_ fileSystem: any FileSystem, limit: Int) -> RecordHeader? {
    while offset + RecordHeader.byteCount <= limit {
      load(fileSystem, offset, RecordHeader.byteCount, limit: limit)
      let start = offset - windowStart
      guard
        let header = RecordHeader(
          window.span.extracting(start..<start + RecordHeader.byteCount),
          segment: number,
          offset: offset
        ),
        offset + RecordHeader.byteCount + header.payloadByteCount <= limit
      else {
        if mend(fileSystem, at: offset, limit: limit) || mendHeaderBit(fileSystem, limit: limit) { continue }
        let next = nextHeader(fileSystem, after: offset, limit: limit)
        if next == nil { damage.tornTails += 1 } else { damage.places += 1 }
        note(next == nil ? .tornTail : .lost(nil), offset..<(next ?? limit))
        offset = next ?? limit
        continue
      }
      load(fileSystem, offset, RecordHeader.byteCount + header.payloadByteCount, limit: limit)
      let payloadStart = offset - windowStart + RecordHeader.byteCount
      payloadRange = payloadStart..<payloadStart + header.payloadByteCount
      guard CRC32C.checksum(payload) == header.payloadChecksum else {
        if mend(fileSystem, at: offset, limit: limit) || mendPayloadBit(fileSystem, header, limit: limit) { continue }
        damage.places += 1
        let end = offset + RecordHeader.byteCount + header.payloadByteCount
        note(.lost(header), offset..<end)
        offset = end
        continue
      }
      offset += RecordHeader.byteCount + header.payloadByteCount
      if header.kind == nil { damage.unknownRecords += 1 }
      return header
    }
    if offset < limit {
      damage.tornTails += 1
      note(.tornTail, offset..<limit)
      offset = limit
    }
    return nil
  }

  private mutating func note(_ kind: DamagedPlace.Kind, _ range: Range<Int>) {
    if isKeepingPlaces { places.append(DamagedPlace(kind: kind, range: range)) }
  }

  /// What was wrong since it was asked last.
  mutating func takePlaces() -> [DamagedPlace] {
    defer { places.removeAll() }
    return places
  }

  /// Takes from parity what is wrong with the segment's own header, which no record covers.
  mutating func mendHeader(_ fileSystem: any FileSystem, limit: Int) -> Bool {
    mend(fileSystem, at: 0, limit: limit)
  }

  /// Makes `next` return the record again that it returned last.
  mutating func stepBack(_ header: RecordHeader) { offset -= RecordHeader.byteCount + header.payloadByteCount }

  /// Hands the payload on. (Through a span that the caller holds, a reader couldn't change its decoder meanwhile.)
  func define(_ decoder: inout SegmentDecoder) throws(SegmentDecoder.Failure) { try decoder.define(payload) }

  func decode(
    _ header: RecordHeader,
    _ decoder: inout SegmentDecoder,
    into record: inout DecodedRecord
  ) throws(SegmentDecoder.Failure) {
    if header.kind == .samples {
      try decoder.decode(
        payload,
        sequence: header.sequence,
        sampleCount: header.sampleCount,
        lowestTimestamp: header.lowestTimestamp,
        into: &record
      )
    } else {
      try decoder.decodeItems(payload, lowestTimestamp: header.lowestTimestamp, into: &record)
    }
  }

  func close(_ fileSystem: any FileSystem) {
    if let file { fileSystem.close(file) }
  }

  /// Makes the window hold `count` bytes from `from`, or up to the limit.
  private mutating func load(_ fileSystem: any FileSystem, _ from: Int, _ count: Int, limit: Int) {
    let end = min(from + count, limit)
    if from >= windowStart, end <= windowStart + window.count { return }
    window.removeAll()
    windowStart = from
    Self.read(
      fileSystem,
      file,
      from,
      min(max(count, Self.windowByteCount), limit - from),
      patches: patches,
      damage: &damage,
      into: &window
    )
  }

  /// Appends exactly `count` bytes. What the disk doesn't give is zeros: damage like any other, which parity may mend.
  static func read(
    _ fileSystem: any FileSystem,
    _ file: FileHandle?,
    _ from: Int,
    _ count: Int,
    patches: [(offset: Int, bytes: [UInt8])],
    damage: inout SegmentDamage,
    into buffer: inout ByteBuffer
  ) {
    let start = buffer.count
    guard let file else { return }
    do throws(FileError) {
      try fileSystem.read(file, at: from, count: count, into: &buffer)
    } catch {
      buffer.truncate(to: start)
      var page = from
      while page < from + count {
        let end = min(page / Self.pageByteCount * Self.pageByteCount + Self.pageByteCount, from + count)
        do throws(FileError) {
          try fileSystem.read(file, at: page, count: end - page, into: &buffer)
        } catch {
          damage.unreadablePages += 1
          buffer.truncate(to: start + page - from)
        }
        while buffer.count < start + end - from { buffer.append(0) }
        page = end
      }
    }
    while buffer.count < start + count { buffer.append(0) }
    for patch in patches {
      let overlap = patch.offset..<patch.offset + patch.bytes.count
      for position in overlap.clamped(to: from..<from + count) {
        buffer.overwrite(at: start + position - from, littleEndian: patch.bytes[position - patch.offset])
      }
    }
  }

  /// Where the next valid header begins, after `position`.
  private mutating func nextHeader(_ fileSystem: any FileSystem, after position: Int, limit: Int) -> Int? {
    var from = position + 1
    var buffer = ByteBuffer()
    while from + RecordHeader.byteCount <= limit {
      buffer.removeAll()
      let count = min(Self.windowByteCount, limit - from)
      Self.read(fileSystem, file, from, count, patches: patches, damage: &damage, into: &buffer)
      var index = 0
      while index + RecordHeader.byteCount <= count,
        let found = buffer.span.firstIndex(of: 0xd7, from: index, before: count - RecordHeader.byteCount + 1)
      {
        let bytes = buffer.span.extracting(found..<found + RecordHeader.byteCount)
        if RecordHeader(bytes, segment: number, offset: from + found) != nil { return from + found }
        index = found + 1
      }
      from += count - RecordHeader.byteCount + 1
    }
    return nil
  }

  /// Looks for the parity record over the damage at `position`, and takes from it what can be mended.
  private mutating func mend(_ fileSystem: any FileSystem, at position: Int, limit: Int) -> Bool {
    // Once for each place: what wasn't mended then won't be now.
    guard position > lastSearched else { return false }
    lastSearched = position
    var payload = ByteBuffer()
    var at = position
    let searchEnd = min(limit, position + Self.paritySearchByteCount)
    while let start = nextHeader(fileSystem, after: at, limit: searchEnd) {
      var head = ByteBuffer()
      Self.read(fileSystem, file, start, RecordHeader.byteCount, patches: patches, damage: &damage, into: &head)
      guard let header = RecordHeader(head.span, segment: number, offset: start) else { return false }
      let payloadStart = start + RecordHeader.byteCount
      at = start
      guard payloadStart + header.payloadByteCount <= limit else { continue }
      if header.kind == .parity {
        payload.removeAll()
        Self.read(
          fileSystem,
          file,
          payloadStart,
          header.payloadByteCount,
          patches: patches,
          damage: &damage,
          into: &payload
        )
        if CRC32C.checksum(payload.span) == header.payloadChecksum,
          let protection = Parity.Protection(payload.span, recordOffset: start)
        {
          if protection.start > position { return false }
          if position < protection.start + protection.count { return mend(fileSystem, protection, payload.span) }
        }
      }
      at = payloadStart + header.payloadByteCount - 1
    }
    return false
  }

  private mutating func mend(_ fileSystem: any FileSystem, _ protection: Parity.Protection, _ payload: Span<UInt8>)
    -> Bool
  {
    var bytes = ByteBuffer()
    Self.read(fileSystem, file, protection.start, protection.count, patches: patches, damage: &damage, into: &bytes)
    let mended = Parity.mended(bytes.span, protection, payload: payload)
    for chunk in mended {
      let start = protection.start + chunk.offset
      patches.append((start, chunk.bytes))
      note(.mended, start..<start + chunk.bytes.count)
    }
    damage.mendedChunks += mended.count
    window.removeAll()
    return !mended.isEmpty
  }

  /// Mends the header that should be at `offset` where one bit of it is wrong, and the payload behind it says so.
  private mutating func mendHeaderBit(_ fileSystem: any FileSystem, limit: Int) -> Bool {
    guard patches.count < Self.patchCountMax else { return false }
    // What parity looked at may have taken the window's place.
    load(fileSystem, offset, RecordHeader.byteCount, limit: limit)
    let start = offset - windowStart
    var bytes = window.span.extracting(start..<start + RecordHeader.byteCount).array
    guard let (index, byte) = SingleBit.mendedHeader(bytes.span, segment: number, offset: offset) else { return false }
    bytes[index] = byte
    guard let header = RecordHeader(bytes.span, segment: number, offset: offset),
      header.payloadByteCount <= limit - offset - RecordHeader.byteCount
    else { return false }
    var payload = ByteBuffer()
    Self.read(
      fileSystem,
      file,
      offset + RecordHeader.byteCount,
      header.payloadByteCount,
      patches: patches,
      damage: &damage,
      into: &payload
    )
    guard CRC32C.checksum(payload.span) == header.payloadChecksum else { return false }
    patch(offset + index, byte)
    return true
  }

  /// Mends the payload of the record at `offset` where one bit of it is wrong.
  private mutating func mendPayloadBit(_ fileSystem: any FileSystem, _ header: RecordHeader, limit: Int) -> Bool {
    guard patches.count < Self.patchCountMax else { return false }
    load(fileSystem, offset, RecordHeader.byteCount + header.payloadByteCount, limit: limit)
    let start = offset - windowStart + RecordHeader.byteCount
    let found = SingleBit.mendedPayload(window.span.extracting(start..<start + header.payloadByteCount), header)
    guard let (index, byte) = found else { return false }
    patch(offset + RecordHeader.byteCount + index, byte)
    return true
  }

  private mutating func patch(_ place: Int, _ byte: UInt8) {
    patches.append((place, [byte]))
    damage.mendedChunks += 1
    note(.mended, place..<place + 1)
    window.removeAll()
  }
}

/// Bytes of a segment that don't hold.
struct DamagedPlace {
  enum Kind {
    /// Parity gave them back, or a checksum said which bit it is.
    case mended
    /// A record whose payload doesn't hold, or, without its header, anything.
    case lost(RecordHeader?)
    /// No record begins behind them.
    case tornTail
  }

  let kind: Kind
  let range: Range<Int>
}

/// What was wrong with a segment.
public struct SegmentDamage: Hashable, Sendable {
  /// Where reading had to go on further ahead.
  public var places = 0
  /// Files that end within a record, as a process that was killed leaves them, or one that is writing now.
  public var tornTails = 0
  /// Chunks that parity gave back, and bits that a checksum did.
  public var mendedChunks = 0
  public var unreadablePages = 0
  /// Records of a kind that a later version brought.
  public var unknownRecords = 0
}
