import Samples

/// The 48 bytes before each payload (docs/formats/spool.md, 4.1).
struct RecordHeader: Hashable {
  enum Kind: UInt8 { case samples = 1, definitions, parity, seal, items }

  static let byteCount = 48
  /// What its own checksum is taken over, beside its place.
  static let checkedByteCount = 44
  static let syncMarker: UInt32 = 0x9ef0_5cd7
  static let payloadByteCountMax = 16 << 20
  static let sampleCountMax = 1 << 20
  /// No queue gets so far: whatever a checksum says, numbers beyond aren't counted on with.
  static let numberMax: UInt64 = 1 << 62
  /// What a writer puts into one record: at most 28 bytes a sample, so the payload's bound holds whatever the samples are.
  static let samplesPerRecord = 1 << 19
  /// Bytes of items after which a record is long enough.
  static let itemBytesPerRecord = 1 << 20

  /// As written; a kind of a later version has no name here.
  var kindCode: UInt8
  var payloadByteCount: Int
  var sequence: UInt64
  var samplesBefore: UInt64
  var sampleCount: Int
  var lowestTimestamp: Int64
  var payloadChecksum: UInt32
  /// 24 bits; 0 in a record that has none (4.6).
  var payloadWitness: UInt32

  var kind: Kind? { Kind(rawValue: kindCode) }
  var isData: Bool { kind == .samples || kind == .items }

  /// The checksum of a header knows its place (4.2), so that a copy of it anywhere else is not believed.
  static func checksum(_ bytes: Span<UInt8>, segment: UInt64, offset: Int) -> UInt32 {
    var crc = CRC32C()
    crc.update(segment)
    crc.update(UInt64(offset))
    crc.update(bytes)
    return crc.value
  }

  /// - Parameter offset: where in the file the header will be.
  func append(to buffer: inout ByteBuffer, segment: UInt64, offset: Int) {
    let start = buffer.count
    buffer.append(littleEndian: Self.syncMarker)
    buffer.append(kindCode)
    buffer.append(UInt8(truncatingIfNeeded: payloadWitness))
    buffer.append(littleEndian: UInt16(truncatingIfNeeded: payloadWitness >> 8))
    buffer.append(littleEndian: UInt32(payloadByteCount))
    buffer.append(littleEndian: sequence)
    buffer.append(littleEndian: samplesBefore)
    buffer.append(littleEndian: UInt32(sampleCount))
    buffer.append(littleEndian: lowestTimestamp)
    buffer.append(littleEndian: payloadChecksum)
    let checksum = Self.checksum(
      buffer.span.extracting(start..<start + Self.checkedByteCount),
      segment: segment,
      offset: offset
    )
    buffer.append(littleEndian: checksum)
  }

  /// The header at the start of `bytes`, if there is a valid one for this place.
  init?(_ bytes: Span<UInt8>, segment: UInt64, offset: Int) {
    guard bytes.count >= Self.byteCount, bytes.littleEndian(at: 0, as: UInt32.self) == Self.syncMarker else {
      return nil
    }
    guard
      Self.checksum(bytes.extracting(0..<Self.checkedByteCount), segment: segment, offset: offset)
        == bytes.littleEndian(at: Self.checkedByteCount, as: UInt32.self)
    else { return nil }
    kindCode = bytes[4]
    payloadWitness = UInt32(bytes[5]) | UInt32(bytes[6]) << 8 | UInt32(bytes[7]) << 16
    payloadByteCount = Int(bytes.littleEndian(at: 8, as: UInt32.self))
    sequence = bytes.littleEndian(at: 12, as: UInt64.self)
    samplesBefore = bytes.littleEndian(at: 20, as: UInt64.self)
    sampleCount = Int(bytes.littleEndian(at: 28, as: UInt32.self))
    lowestTimestamp = bytes.littleEndian(at: 32, as: Int64.self)
    payloadChecksum = bytes.littleEndian(at: 40, as: UInt32.self)
    guard payloadByteCount <= Self.payloadByteCountMax, sampleCount <= Self.sampleCountMax,
      sequence <= Self.numberMax, samplesBefore <= Self.numberMax
    else { return nil }
  }

  init(
    _ kind: Kind,
    payload: borrowing ByteBuffer,
    sequence: UInt64,
    samplesBefore: UInt64,
    sampleCount: Int = 0,
    lowestTimestamp: Int64 = 0
  ) {
    kindCode = kind.rawValue
    payloadByteCount = payload.count
    self.sequence = sequence
    self.samplesBefore = samplesBefore
    self.sampleCount = sampleCount
    self.lowestTimestamp = lowestTimestamp
    payloadChecksum = CRC32C.checksum(payload.span)
    payloadWitness = PayloadWitness.value(payload.span)
  }
}
