import Samples

/// One chunk in 32 more, from which a lost one is got back (docs/formats/spool.md, 4.5).
enum Parity {
  static let chunkByteCount = 4096
  static let chunksPerStripe = 32

  /// Two at least where pages of the disk begin in the middle of chunks: a lost one hits two of them, and a stripe gives back one.
  static func stripeCountMin(at offset: Int) -> Int { offset.isMultiple(of: chunkByteCount) ? 1 : 2 }

  private static func stripeCount(_ chunks: Int, at offset: Int) -> Int {
    max(min(chunks, stripeCountMin(at: offset)), (chunks + chunksPerStripe - 1) / chunksPerStripe)
  }

  /// The payload that protects `bytes`, which begin at `offset` of the file.
  static func append(protecting buffer: borrowing ByteBuffer, at offset: Int, to payload: inout ByteBuffer) {
    let bytes = buffer.span
    let chunks = (bytes.count + chunkByteCount - 1) / chunkByteCount
    let stripes = stripeCount(chunks, at: offset)
    payload.append(littleEndian: UInt64(offset))
    payload.append(littleEndian: UInt64(bytes.count))
    payload.append(littleEndian: UInt32(chunkByteCount))
    payload.append(littleEndian: UInt32(stripes))
    for chunk in 0..<chunks {
      payload.append(littleEndian: CRC32C.checksum(bytes.extracting(range(chunk, of: bytes.count))))
    }
    var sums = [UInt8](repeating: 0, count: stripes * chunkByteCount)
    for chunk in 0..<chunks {
      let base = chunk % stripes * chunkByteCount - chunk * chunkByteCount
      for index in range(chunk, of: bytes.count) { sums[base + index] ^= bytes[index] }
    }
    payload.append(sums)
  }

  /// What a parity record protects, read from its payload.
  struct Protection {
    let start: Int
    let count: Int
    let stripes: Int
    let chunks: Int
    static let headByteCount = 24

    init?(_ payload: Span<UInt8>, recordOffset: Int) {
      guard payload.count >= Self.headByteCount else { return nil }
      let start = payload.littleEndian(at: 0, as: UInt64.self)
      let count = payload.littleEndian(at: 8, as: UInt64.self)
      let stripes = Int(payload.littleEndian(at: 20, as: UInt32.self))
      guard payload.littleEndian(at: 16, as: UInt32.self) == UInt32(Parity.chunkByteCount), count > 0,
        start <= UInt64(recordOffset), count <= UInt64(recordOffset) - start, stripes > 0
      else { return nil }
      self.start = Int(start)
      self.count = Int(count)
      self.stripes = stripes
      chunks = (Int(count) + Parity.chunkByteCount - 1) / Parity.chunkByteCount
      guard stripes <= chunks, payload.count == Self.headByteCount + chunks * 4 + stripes * Parity.chunkByteCount else {
        return nil
      }
    }
  }

  /// The chunks of `bytes` (all that is protected) that don't hold and could be mended, with their offsets in `bytes`.
  static func mended(_ bytes: Span<UInt8>, _ protection: Protection, payload: Span<UInt8>) -> [(
    offset: Int, bytes: [UInt8]
  )] {
    func checksum(_ chunk: Int) -> UInt32 {
      payload.littleEndian(at: Protection.headByteCount + chunk * 4, as: UInt32.self)
    }
    let bad = (0..<protection.chunks).filter {
      CRC32C.checksum(bytes.extracting(range($0, of: bytes.count))) != checksum($0)
    }
    var mended: [(offset: Int, bytes: [UInt8])] = []
    for chunk in bad
    where !bad.contains(where: { $0 != chunk && $0 % protection.stripes == chunk % protection.stripes }) {
      let stripe = chunk % protection.stripes
      let sumStart = Protection.headByteCount + protection.chunks * 4 + stripe * chunkByteCount
      var sum = payload.extracting(sumStart..<sumStart + chunkByteCount).array
      for other in stride(from: stripe, to: protection.chunks, by: protection.stripes) where other != chunk {
        let start = other * chunkByteCount
        for index in range(other, of: bytes.count) { sum[index - start] ^= bytes[index] }
      }
      sum.removeLast(chunkByteCount - range(chunk, of: bytes.count).count)
      if CRC32C.checksum(sum.span) == checksum(chunk) { mended.append((chunk * chunkByteCount, sum)) }
    }
    return mended
  }

  private static func range(_ chunk: Int, of count: Int) -> Range<Int> {
    chunk * chunkByteCount..<min((chunk + 1) * chunkByteCount, count)
  }
}
