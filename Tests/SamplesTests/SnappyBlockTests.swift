import Samples
import Testing

@Suite struct SnappyBlockTests {
  @Test(arguments: [0, 1, 15, 16, 65_535, 65_536, 1_000_000])
  func roundTrip(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    let block = SnappyBlock.compress(bytes)
    #expect(try SnappyBlock.decompress(block, byteCountMax: count) == bytes)
  }

  @Test func announcedSizeIsCheckedBeforeMemoryIsGiven() {
    // A varint of 2^32 - 1, and nothing behind it.
    let bomb: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0x0f]
    #expect(throws: SnappyBlock.Failure.tooLarge(announcedByteCount: 4_294_967_295)) {
      try SnappyBlock.decompress(bomb, byteCountMax: 1 << 20)
    }
  }

  @Test func everyTruncationIsRefused() {
    let block = SnappyBlock.compress(Array("abcdabcdabcdabcd, and so on; abcd".utf8))
    for count in 0..<block.count {
      #expect(throws: SnappyBlock.Failure.self) {
        try SnappyBlock.decompress(Array(block[..<count]), byteCountMax: 1000)
      }
    }
  }
}
