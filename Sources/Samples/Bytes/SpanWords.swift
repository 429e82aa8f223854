internal import Glibc

extension Span<UInt8> {
  /// A copy.
  public var array: [UInt8] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }

  /// The little-endian number at `offset`, wherever that lies.
  @inlinable @inline(__always)
  public func littleEndian<Word: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as _: Word.Type) -> Word {
    precondition(offset >= 0 && offset <= count - MemoryLayout<Word>.size, "BUG: a read outside of the bytes")
    return unsafe withUnsafeBufferPointer { pointer in
      unsafe Word(
        littleEndian: UnsafeRawPointer(pointer.baseAddress!).loadUnaligned(fromByteOffset: offset, as: Word.self)
      )
    }
  }

  /// Where `byte` stands first, from `start` on and before `end`; found by `memchr`, which looks at 16 bytes or more at a time.
  @inline(__always)
  public func firstIndex(of byte: UInt8, from start: Int, before end: Int) -> Int? {
    precondition(start >= 0 && start <= end && end <= count, "BUG: a search outside of the bytes")
    return unsafe withUnsafeBufferPointer { pointer in
      guard let base = pointer.baseAddress else { return nil }
      guard let found = unsafe memchr(base + start, Int32(byte), end - start) else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }

  public func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    return unsafe withUnsafeBufferPointer { left in
      unsafe other.withUnsafeBufferPointer { right in
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        return unsafe memcmp(first, second, left.count) == 0
      }
    }
  }

  /// Whether these bytes come before others, byte by byte: the order of label names in remote write.
  public func precedes(_ other: Span<UInt8>) -> Bool {
    let shared = Swift.min(count, other.count)
    for index in 0..<shared where self[index] != other[index] { return self[index] < other[index] }
    return count < other.count
  }
}
