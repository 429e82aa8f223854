/// Bytes that grow, owned by one place and used again and again: what the hot path writes into.
///
/// An array would do, were it not for the uniqueness check on each append; this type can't be shared, so it needs none.
@safe public struct ByteBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  public private(set) var count = 0

  public init(minimumCapacity: Int = 64) {
    capacity = max(minimumCapacity, 64)
    unsafe base = .allocate(capacity: capacity)
  }

  deinit { unsafe base.deallocate() }

  /// The bytes so far.
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let view = unsafe Span(_unsafeStart: UnsafePointer(base), count: count)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }

  public var array: [UInt8] { unsafe [UInt8](UnsafeBufferPointer(start: base, count: count)) }

  /// Bytes of memory held.
  public var footprint: Int { capacity }

  public mutating func removeAll() { count = 0 }

  public mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count, "BUG: a buffer can't be truncated to more than it holds")
    count = newCount
  }

  public mutating func reserve(_ additional: Int) {
    if capacity - count < additional { grow(by: additional) }
  }

  public mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe base[count] = byte
    count += 1
  }

  public mutating func append(_ bytes: Span<UInt8>) {
    reserve(bytes.count)
    unsafe bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { unsafe (base + count).update(from: start, count: source.count) }
    }
    count += bytes.count
  }

  /// How far beyond a piece `append(_:piece:)` reads.
  public static let pieceMargin = 32

  /// Appends a short piece of bytes that go on for `pieceMargin` behind it: for twenty bytes, a call of `memcpy` costs more than the copy.
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>, piece: Range<Int>) {
    precondition(
      piece.lowerBound >= 0 && piece.upperBound <= bytes.count - Self.pieceMargin,
      "BUG: a piece without bytes behind it"
    )
    reserve(piece.count + Self.pieceMargin)
    unsafe bytes.withUnsafeBufferPointer { source in
      let from = unsafe UnsafeRawPointer(source.baseAddress! + piece.lowerBound)
      let to = unsafe UnsafeMutableRawPointer(base + count)
      var done = 0
      while done < piece.count {
        let word = unsafe from.loadUnaligned(fromByteOffset: done, as: SIMD32<UInt8>.self)
        unsafe to.storeBytes(of: word, toByteOffset: done, as: SIMD32<UInt8>.self)
        done += Self.pieceMargin
      }
    }
    count += piece.count
  }

  /// Another buffer's bytes from `start` on. Two buffers of one owner can't be joined through a span: it would borrow the owner.
  public mutating func append(_ other: borrowing ByteBuffer, from start: Int = 0) {
    append(other.span.extracting(start..<other.count))
  }

  public mutating func append(_ bytes: [UInt8]) { append(bytes.span) }

  public mutating func append(zeros byteCount: Int) {
    reserve(byteCount)
    unsafe (base + count).update(repeating: 0, count: byteCount)
    count += byteCount
  }

  @inline(__always)
  public mutating func append<Word: FixedWidthInteger>(littleEndian word: Word) {
    let size = MemoryLayout<Word>.size
    reserve(size)
    unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: word.littleEndian, as: Word.self)
    count += size
  }

  /// Puts a word over bytes that were appended before, where its value is known only afterwards.
  public mutating func overwrite<Word: FixedWidthInteger>(at offset: Int, littleEndian word: Word) {
    precondition(offset >= 0 && offset <= count - MemoryLayout<Word>.size, "BUG: an overwrite outside of the buffer")
    unsafe UnsafeMutableRawPointer(base + offset).storeBytes(of: word.littleEndian, as: Word.self)
  }

  /// Puts the bits of `word` that are in `mask` over a word's bytes from `offset` on, which may lie in room that was reserved behind the end.
  @inline(__always)
  mutating func blend(at offset: Int, littleEndian word: UInt64, mask: UInt64) {
    precondition(offset >= 0 && offset <= capacity - MemoryLayout<UInt64>.size, "BUG: bits put outside of the buffer")
    let place = unsafe UnsafeMutableRawPointer(base + offset)
    let old = unsafe UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
    unsafe place.storeBytes(of: (old & ~mask | word & mask).littleEndian, as: UInt64.self)
  }

  /// LEB128 (docs/formats/spool.md; protobuf's varint).
  public mutating func append(varint value: UInt64) {
    reserve(10)
    var rest = value
    while rest >= 0x80 {
      unsafe base[count] = UInt8(truncatingIfNeeded: rest) | 0x80
      count += 1
      rest >>= 7
    }
    unsafe base[count] = UInt8(truncatingIfNeeded: rest)
    count += 1
  }

  public mutating func append(varint value: Int) { append(varint: UInt64(value)) }

  public mutating func append(zigzag value: Int64) {
    append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Room for `capacity` bytes handed to `body`, which says how many it wrote.
  public mutating func append<E: Error>(
    capacity needed: Int,
    writingWith body: (UnsafeMutablePointer<UInt8>) throws(E) -> Int
  ) throws(E) {
    reserve(needed)
    let written = unsafe try body(base + count)
    precondition(written >= 0 && written <= needed, "BUG: more bytes written than there was room for")
    count += written
  }

  @inline(never)
  private mutating func grow(by additional: Int) {
    let larger = max(capacity * 2, count + additional)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe moved.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = moved
    capacity = larger
  }
}
