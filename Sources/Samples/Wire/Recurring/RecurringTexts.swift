/// Texts that recur but for some bytes: how each is cut best is searched for once, and then only checked.
///
/// A text is known by its beginning and its length. One that comes for the first time costs little more than its compression. Builders of
/// requests that say the same share one of these: what was found for fresh data serves a backlog.
public final class RecurringTexts {
  private struct Key: Hashable {
    let hash: KeyedHash
    let byteCount: Int
  }

  /// One that came before.
  private final class Text {
    var cut = BlockCut()
    /// Nothing before the first search: most that come once don't come again.
    var opened = OpenedBytes()
    /// As it was when it came the last time before a search.
    var earlier: [UInt8] = []
    var sightings = 0
    var nextSearch = RecurringTexts.firstSearch
    /// The block's bytes as they were after the search.
    var foundByteCount = 0

    func search(_ text: Span<UInt8>, byteCount: Int) {
      if sightings == RecurringTexts.firstSearch { opened.removeAll(byteCount: byteCount) }
      // It takes far more memory than what it finds, and not for long.
      var search = CheapestCut()
      cut = search.cut(text, earlier.span, byteCount: byteCount, opened)
      opened.removeAll(byteCount: byteCount)
      earlier = []
      nextSearch += min(sightings * RecurringTexts.searchFactor, RecurringTexts.searchPauseMax)
    }

    /// Bytes of memory held, about.
    var footprint: Int { cut.footprint + opened.footprint + earlier.capacity + 128 }
  }

  /// When it is searched: as it comes for the third time, and again after 15 times as many, up to a number. What was seen to change since the
  /// search before is left open then, and only then: what changes seldom becomes a repetition again.
  private static let firstSearch = 3
  private static let searchFactor = 15
  private static let searchPauseMax = 256
  /// A longer one isn't worth the memory of a search.
  private static let byteCountMax = 1 << 18

  /// Bytes that texts are remembered in; those that came longest ago go first.
  private let footprintMax: Int
  private var texts: [Key: Text] = [:]
  /// Those that haven't come since the others took half of the room.
  private var older: [Key: Text] = [:]
  private var footprint = 0
  /// Texts that were cut as before.
  private(set) var recurringCount = 0

  private let hashKey = KeyedHash.Key(UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max))

  /// - Parameter footprintMax: bytes of memory, about.
  public init(footprintMax: Int = 16 << 20) { self.footprintMax = footprintMax }

  /// Texts that are remembered.
  var count: Int { texts.count + older.count }

  /// Puts the text's snappy block into `block`, in place of what it holds.
  /// - Parameters:
  ///   - text: `ByteBuffer.pieceMargin` bytes of anything are put behind it.
  ///   - beginning: how many of its bytes don't change while it recurs.
  func compress(_ text: inout ByteBuffer, knownBy beginning: Int, into block: inout ByteBuffer) {
    let byteCount = text.count
    guard byteCount > 0, byteCount <= Self.byteCountMax else { return SnappyBlock.compress(text.span, into: &block) }
    let hash = KeyedHash(text.span.extracting(0..<beginning), key: hashKey)
    let known = remember(Key(hash: hash, byteCount: byteCount))
    footprint -= known.footprint
    defer { footprint += known.footprint }
    known.sightings += 1
    if known.sightings < Self.firstSearch { SnappyBlock.compress(text.span, into: &block) }
    text.append(zeros: ByteBuffer.pieceMargin)
    if known.sightings == known.nextSearch - 1 { known.earlier = text.array }
    guard known.sightings >= Self.firstSearch else { return }
    let isSearch = known.sightings == known.nextSearch
    if isSearch {
      known.search(text.span, byteCount: byteCount)
    } else {
      recurringCount += 1
      if known.cut.write(text.span, byteCount: byteCount, into: &block) { return }
      known.cut = known.cut.revised(for: text.span, &known.opened)
    }
    let isWritten = known.cut.write(text.span, byteCount: byteCount, into: &block)
    precondition(isWritten, "BUG: a cut that doesn't say what it was made for")
    if isSearch {
      known.foundByteCount = block.count
    } else if block.count > known.foundByteCount / 4 * 5 {
      // Too much has changed: once more, when it is seen how it changes now.
      known.nextSearch = min(known.nextSearch, known.sightings + 2)
    }
  }

  private func remember(_ key: Key) -> Text {
    if let text = texts[key] { return text }
    if footprint >= footprintMax / 2 {
      older = texts
      texts = [:]
      footprint = 0
    }
    let text = older.removeValue(forKey: key) ?? Text()
    texts[key] = text
    footprint += text.footprint
    return text
  }
}
