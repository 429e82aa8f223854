import Samples

/// A cursor as it stands in one of the two slots of its file (docs/formats/spool.md, 6).
enum CursorSlot {
  static let byteCount = 4096
  private static let magic = Array("rescfgC\n".utf8)
  private static let headByteCount = 24
  /// More than are ever written: the next one still has a number.
  private static let generationMax: UInt64 = 1 << 60

  enum Reading: Equatable {
    case valid(Cursor, generation: UInt64)
    case newer(readerVersion: UInt16)
    case damaged
  }

  static func append(_ cursor: Cursor, generation: UInt64, to buffer: inout ByteBuffer) {
    let start = buffer.count
    buffer.append(magic)
    buffer.append(littleEndian: 1 as UInt16)
    buffer.append(littleEndian: 1 as UInt16)
    let lengthOffset = buffer.count
    buffer.append(littleEndian: 0 as UInt32)
    buffer.append(littleEndian: generation)
    for word in [cursor.base, cursor.done, cursor.samplesBeforeDone, cursor.delivered, cursor.droppedOutside] {
      buffer.append(littleEndian: word)
    }
    buffer.append(varint: cursor.beyond.count)
    var (end, samplesEnd) = (cursor.done, cursor.samplesBeforeDone)
    for range in cursor.beyond {
      for word in [
        range.first - end, range.samplesBefore - samplesEnd, range.end - range.first,
        range.samplesEnd - range.samplesBefore,
      ] { buffer.append(varint: word) }
      (end, samplesEnd) = (range.end, range.samplesEnd)
    }
    buffer.append(varint: cursor.rejected.count + cursor.dropped.count)
    append(cursor.rejected, kind: 1, to: &buffer)
    append(cursor.dropped, kind: 2, to: &buffer)
    buffer.overwrite(at: lengthOffset, littleEndian: UInt32(buffer.count - start - headByteCount))
    precondition(buffer.count - start <= byteCount - 4, "BUG: a cursor larger than its slot")
    // Nearly all of a slot is zeros.
    var checksum = CRC32C()
    checksum.update(buffer.span.extracting(start..<buffer.count))
    let rest = byteCount - 4 - (buffer.count - start)
    checksum.update(zeros: rest)
    buffer.append(zeros: rest)
    buffer.append(littleEndian: checksum.value)
  }

  private static func append(_ reasons: [String: UInt64], kind: UInt8, to buffer: inout ByteBuffer) {
    // Mostly there are none, and at most a few.
    if reasons.isEmpty { return }
    for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) {
      buffer.append(kind)
      buffer.append(varint: reason.utf8.count)
      buffer.append(Array(reason.utf8))
      buffer.append(varint: count)
    }
  }

  /// Whether nothing was written there yet: a process that makes the file may be stopped before it has filled it.
  static func isUnwritten(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] != 0 { return false }
    return true
  }

  static func read(_ bytes: Span<UInt8>) -> Reading {
    guard bytes.count == byteCount, bytes.extracting(0..<8).equals(magic.span),
      checksum(bytes) == bytes.littleEndian(at: byteCount - 4, as: UInt32.self)
    else { return .damaged }
    let readerVersion = bytes.littleEndian(at: 10, as: UInt16.self)
    if readerVersion > 1 { return .newer(readerVersion: readerVersion) }
    let length = Int(bytes.littleEndian(at: 12, as: UInt32.self))
    guard length <= byteCount - 4 - headByteCount else { return .damaged }
    do throws(ByteReader.Malformed) {
      let cursor = try content(bytes.extracting(headByteCount..<headByteCount + length))
      let generation = bytes.littleEndian(at: 16, as: UInt64.self)
      return cursor.isConsistent && generation < generationMax ? .valid(cursor, generation: generation) : .damaged
    } catch {
      return .damaged
    }
  }

  /// Nearly all of a slot is zeros.
  private static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
    var end = byteCount - 4
    let content = headByteCount + Int(bytes.littleEndian(at: 12, as: UInt32.self))
    // Zeros all the way, if the first is one and each is what the next is.
    if content < end, bytes[content] == 0,
      bytes.extracting(content..<end - 1).equals(bytes.extracting(content + 1..<end))
    {
      end = content
    }
    var checksum = CRC32C()
    checksum.update(bytes.extracting(0..<end))
    checksum.update(zeros: byteCount - 4 - end)
    return checksum.value
  }

  private static func content(_ bytes: Span<UInt8>) throws(ByteReader.Malformed) -> Cursor {
    var reader = ByteReader(bytes)
    let base = try reader.littleEndian(UInt64.self)
    var cursor = Cursor(
      startingAt: try reader.littleEndian(UInt64.self),
      samplesBefore: try reader.littleEndian(UInt64.self)
    )
    cursor.base = base
    // Bounded far below the type, and so is each step on from here, so that no sum of them overflows.
    guard base <= cursor.samplesBeforeDone, cursor.samplesBeforeDone < 1 << 60, cursor.done < 1 << 60 else {
      throw ByteReader.Malformed()
    }
    cursor.delivered = try reader.littleEndian(UInt64.self)
    cursor.droppedOutside = try reader.littleEndian(UInt64.self)
    var (end, samplesEnd) = (cursor.done, cursor.samplesBeforeDone)
    for _ in 0..<(try reader.count(max: Cursor.rangeCountMax)) {
      let first = end + UInt64(try reader.count(max: 1 << 48))
      let samplesBefore = samplesEnd + UInt64(try reader.count(max: 1 << 48))
      end = first + UInt64(try reader.count(max: 1 << 48))
      samplesEnd = samplesBefore + UInt64(try reader.count(max: 1 << 48))
      guard first < end, end < 1 << 60, samplesEnd < 1 << 60 else { throw ByteReader.Malformed() }
      cursor.beyond.append(
        Cursor.Settled(first: first, end: end, samplesBefore: samplesBefore, samplesEnd: samplesEnd)
      )
    }
    for _ in 0..<(try reader.count(max: Cursor.reasonCountMax)) {
      let kind = try reader.byte()
      let name = String(
        decoding: try reader.bytes(try reader.count(max: Cursor.reasonByteCountMax)).array,
        as: UTF8.self
      )
      let count = UInt64(try reader.count(max: 1 << 60))
      if kind == 1 {
        cursor.rejected[name] = count
      } else if kind == 2 {
        cursor.dropped[name] = count
      } else {
        throw ByteReader.Malformed()
      }
    }
    guard reader.isAtEnd, cursor.delivered < 1 << 60, cursor.droppedOutside < 1 << 60 else {
      throw ByteReader.Malformed()
    }
    return cursor
  }
}
