import Testing

@testable import Samples

/// Cuts of texts: read by the reference implementation, never larger than what it makes itself, and kept away from what changes.
@Suite struct CheapestCutTests {
  /// Text that repeats itself, with bytes behind it.
  private static func text(_ random: inout SeededGenerator, count: Int) -> ByteBuffer {
    var bytes: [UInt8] = []
    while bytes.count < count {
      if bytes.isEmpty || Int.random(in: 0..<3, using: &random) == 0 {
        for _ in 0..<Int.random(in: 1...90, using: &random) { bytes.append(UInt8.random(in: 0...200, using: &random)) }
      } else {
        let start = Int.random(in: 0..<bytes.count, using: &random)
        // Now and then one that overlaps itself.
        for index in start..<start + Int.random(in: 1...150, using: &random) {
          bytes.append(bytes[index % bytes.count])
        }
      }
    }
    var buffer = ByteBuffer()
    buffer.append(Array(bytes.prefix(count)))
    buffer.append(zeros: ByteBuffer.pieceMargin)
    return buffer
  }

  private static func block(_ cut: BlockCut, _ text: borrowing ByteBuffer) -> [UInt8]? {
    var block = ByteBuffer()
    let isWritten = cut.write(text.span, byteCount: text.count - ByteBuffer.pieceMargin, into: &block)
    return isWritten ? block.array : nil
  }

  @Test(arguments: [1, 3, 4, 5, 63, 64, 65, 1000, 66_000, 200_000]) func saysTheText(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    for round in 0..<(count > 1000 ? 2 : 30) {
      let text = Self.text(&random, count: count)
      var search = CheapestCut()
      let made = Self.block(search.cut(text.span, text.span, byteCount: count, OpenedBytes(byteCount: count)), text)
      let block = try #require(made)
      let plain = Array(text.array.prefix(count))
      #expect(try SnappyBlock.decompress(block, byteCountMax: count) == plain, "round \(round)")
      // Each literal takes a byte at least, and one of more than sixty another.
      #expect(block.count <= SnappyBlock.compress(plain).count + 2, "round \(round)")
    }
  }

  /// Whatever becomes of open bytes, the cut still says the text.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func leavesOpenBytesAlone(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = 3000
    let text = Self.text(&random, count: count)
    var opened = OpenedBytes(byteCount: count)
    var places: [Int] = []
    for _ in 0..<Int.random(in: 1...200, using: &random) {
      let start = Int.random(in: 0..<count, using: &random)
      let range = start..<min(start + Int.random(in: 1...8, using: &random), count)
      opened.insert(range)
      places += range
    }
    var search = CheapestCut()
    let cut = search.cut(text.span, text.span, byteCount: count, opened)
    var changed = text.array
    for place in places { changed[place] = UInt8.random(in: 0...255, using: &random) }
    var buffer = ByteBuffer()
    buffer.append(changed)
    let made = Self.block(cut, buffer)
    let block = try #require(made)
    #expect(try SnappyBlock.decompress(block, byteCountMax: count) == Array(changed.prefix(count)))
  }

  /// What was searched for two texts says both, and what changes alike in both is a repetition in both.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func servesTwoTexts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (count, stride) = (3000, 30)
    let text = Self.text(&random, count: count)
    var changed = text.array
    for place in 0..<count where Int.random(in: 0..<40, using: &random) == 0 { changed[place] &+= 1 }
    // As timestamps are, which all samples share.
    var (first, second) = (text.array, changed)
    for place in Swift.stride(from: 0, to: count - 8, by: stride) {
      for byte in 0..<8 { (first[place + byte], second[place + byte]) = (UInt8(byte), UInt8(100 + byte)) }
    }
    var one = ByteBuffer()
    var other = ByteBuffer()
    one.append(first)
    other.append(second)
    var search = CheapestCut()
    let cut = search.cut(one.span, other.span, byteCount: count, OpenedBytes(byteCount: count))
    let blocks = [Self.block(cut, one), Self.block(cut, other)]
    for (block, said) in zip(blocks, [first, second]) {
      #expect(try SnappyBlock.decompress(try #require(block), byteCountMax: count) == Array(said.prefix(count)))
    }
    #expect(cut.elements.count { $0.copyCount >= 8 && Int($0.offset) % stride == 0 } >= 90)
  }

  /// A cut of another text is revised until it says this one, and keeps what both have.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func isRevised(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = 3000
    let text = Self.text(&random, count: count)
    var opened = OpenedBytes(byteCount: count)
    var search = CheapestCut()
    var cut = search.cut(text.span, text.span, byteCount: count, opened)
    let before = Self.block(cut, text)?.count ?? 0
    var changed = text.array
    for round in 0..<5 {
      let place = Int.random(in: 0..<count, using: &random)
      changed[place] &+= 1
      var buffer = ByteBuffer()
      buffer.append(changed)
      cut = cut.revised(for: buffer.span, &opened)
      let made = Self.block(cut, buffer)
      let block = try #require(made)
      #expect(try SnappyBlock.decompress(block, byteCountMax: count) == Array(changed.prefix(count)), "round \(round)")
    }
    let again = Self.block(cut.revised(for: text.span, &opened), text)?.count ?? 0
    #expect(before > 0 && again > before && again < before + 600)
  }

  /// Texts that never come again are forgotten, and one that comes all the time is not.
  @Test func textsAreForgotten() throws {
    var random = SeededGenerator(seed: 7)
    let texts = RecurringTexts(footprintMax: 100_000)
    var block = ByteBuffer()
    for round in 0..<3_000 {
      for isSame in [true, false] {
        var text = isSame ? ByteBuffer() : Self.text(&random, count: 50)
        if isSame { text.append(Array("the same, the same, the same".utf8)) }
        let plain = text.array
        texts.compress(&text, knownBy: plain.count, into: &block)
        #expect(try SnappyBlock.decompress(block.array, byteCountMax: 1000) == plain, "round \(round)")
      }
    }
    #expect(texts.count < 1000)
    // Compressed twice as what is new, and searched at the third sight, the 48th, and each 256 later.
    #expect(texts.recurringCount == 3_000 - 2 - 2 - 11)
  }
}
