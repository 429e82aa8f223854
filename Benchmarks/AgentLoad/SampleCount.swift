import Samples

/// Counts the samples of a remote-write request without a look at what they are: for a receiver that shall take as little of the machine as one
/// elsewhere would.
enum SampleCount {
  /// - Returns: nothing for a body that can't be read.
  static func of(_ body: [UInt8], isVersion2: Bool) -> Int? {
    do {
      let inflated = try SnappyBlock.decompress(body, byteCountMax: 256 << 20)
      // The list of series, of 1.0 or 2.0; samples are field 2 of a series in both.
      return try fields(inflated.span, isVersion2 ? 5 : 1) { series throws(ByteReader.Malformed) in
        try fields(series, 2) { _ in 1 }
      }
    } catch {
      return nil
    }
  }

  /// The sum over a message's fields of that number, which are messages themselves.
  private static func fields(
    _ message: Span<UInt8>,
    _ number: Int,
    _ count: (Span<UInt8>) throws(ByteReader.Malformed) -> Int
  ) throws(ByteReader.Malformed) -> Int {
    var reader = ByteReader(message)
    var sum = 0
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      if field == number, wireType == 2 {
        sum += try count(try reader.message())
      } else {
        try reader.skip(wireType: wireType)
      }
    }
    return sum
  }
}
