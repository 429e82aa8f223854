internal import CSnappy

/// Snappy's block format, the body of every remote-write request (remote write 1.0: "snappy block format"; the framed
/// format must not be used).
public enum SnappyBlock {
  /// Why a body could not be read.
  public enum Failure: Error, Hashable {
    /// Not a snappy block, or a damaged one.
    case malformed
    /// Announces more bytes than the caller takes.
    case tooLarge(announcedByteCount: Int)
  }

  public static func compress(_ bytes: [UInt8]) -> [UInt8] {
    let capacity = snappy_max_compressed_length(bytes.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      count = capacity
      let status = unsafe bytes.withUnsafeBytes { input in
        unsafe snappy_compress(characters(input), input.count, mutableCharacters(output), &count)
      }
      precondition(status == SNAPPY_OK, "BUG: a buffer of the largest possible size was too small")
    }
  }

  /// Puts the block into `buffer`, in place of what it holds: a caller that compresses often copies out as many bytes as there are,
  /// where an array of its own would keep room for the largest possible block.
  public static func compress(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) {
    let capacity = snappy_max_compressed_length(bytes.count)
    buffer.removeAll()
    unsafe buffer.append(capacity: capacity) { output in
      var count = capacity
      let status = unsafe bytes.withUnsafeBytes { input in
        unsafe snappy_compress(
          characters(input),
          input.count,
          UnsafeMutableRawPointer(output).assumingMemoryBound(to: CChar.self),
          &count
        )
      }
      precondition(status == SNAPPY_OK, "BUG: a buffer of the largest possible size was too small")
      return count
    }
  }

  /// - Parameter byteCountMax: the largest result that is taken. What a block announces is checked before memory is
  ///   given for it, so that ten bytes can't ask for four gigabytes.
  public static func decompress(_ bytes: [UInt8], byteCountMax: Int) throws(Failure) -> [UInt8] {
    var announced = 0
    let head = unsafe bytes.withUnsafeBytes { input in
      unsafe snappy_uncompressed_length(characters(input), input.count, &announced)
    }
    guard head == SNAPPY_OK else { throw .malformed }
    guard announced <= byteCountMax else { throw .tooLarge(announcedByteCount: announced) }

    var status = SNAPPY_OK
    let result = unsafe [UInt8](unsafeUninitializedCapacity: announced) { output, count in
      var length = announced
      status = unsafe bytes.withUnsafeBytes { input in
        unsafe snappy_uncompress(characters(input), input.count, mutableCharacters(output), &length)
      }
      count = status == SNAPPY_OK ? length : 0
    }
    guard status == SNAPPY_OK else { throw .malformed }
    return result
  }

  private static func characters(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<CChar>? {
    unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
  }

  private static func mutableCharacters(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> UnsafeMutablePointer<CChar>? {
    unsafe UnsafeMutableRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
  }
}
