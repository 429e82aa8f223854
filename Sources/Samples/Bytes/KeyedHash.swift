/// A 128-bit hash of bytes under a secret key: two lanes of 64 x 64 -> 128 bit multiplications, folded.
///
/// For look-ups where keeping the bytes themselves would cost too much memory. With a key drawn at start, two texts of one target share
/// all 128 bits with a probability that doesn't occur, and nobody outside can arrange it.
public struct KeyedHash: Hashable, Sendable, BitwiseCopyable {
  public struct Key: Sendable {
    let first: UInt64
    let second: UInt64

    /// - Parameters: random words; the caller owns the randomness.
    public init(_ first: UInt64, _ second: UInt64) {
      self.first = first ^ 0x9e37_79b9_7f4a_7c15
      self.second = second ^ 0xd6e8_feb8_6659_fd93
    }
  }

  public let low: UInt64
  public let high: UInt64

  public init(_ bytes: Span<UInt8>, key: Key) {
    self = unsafe bytes.withUnsafeBytes { unsafe KeyedHash($0, key) }
  }

  // Without a check for each word: the whole of it is bounded by the one loop.
  @inline(__always)
  private init(_ bytes: UnsafeRawBufferPointer, _ key: Key) {
    var low = key.first ^ UInt64(bytes.count)
    var high = key.second
    var offset = 0
    while bytes.count - offset >= 16 {
      let a = unsafe Self.word(bytes, offset)
      let b = unsafe Self.word(bytes, offset + 8)
      low = Self.folded(a ^ key.second ^ low, b ^ low)
      high = Self.folded(a ^ high, b ^ key.first ^ high)
      offset += 16
    }
    var (a, b): (UInt64, UInt64) = (0, 0)
    let rest = bytes.count - offset
    if rest >= 8 {
      a = unsafe Self.word(bytes, offset)
      b = unsafe Self.word(bytes, offset + rest - 8)
    } else {
      for index in offset..<bytes.count { a = unsafe a << 8 | UInt64(bytes[index]) }
    }
    self.low = Self.folded(a ^ key.second ^ low, b ^ low ^ 0xa076_1d64_78bd_642f)
    self.high = Self.folded(a ^ high ^ 0xe703_7ed1_a0b4_28db, b ^ key.first ^ high)
  }

  /// - Parameter offset: of eight bytes that are there.
  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    guard let base = bytes.baseAddress else { return 0 }
    return unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
