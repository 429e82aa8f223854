/// The symbols of one remote-write 2.0 request: each text once, as field 4 of the message, in the order of first use.
///
/// Texts are told apart by their bytes, since several segments may have a part in one request and one text may have two numbers in a segment.
struct RequestSymbols: ~Copyable {
  /// References of up to four bytes each, so that a label's two fit one word.
  private static let countMax = 1 << 28

  /// The message's fields, ready to be sent.
  private(set) var fields = ByteBuffer(minimumCapacity: 1 << 14)
  /// Where the texts lie in there.
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []
  /// Open addressing; reference + 1, 0 for a free slot.
  private var slots = [UInt32](repeating: 0, count: 1 << 10)
  private let key: KeyedHash.Key

  /// - Parameter key: decides only how fast a text is found; what is encoded is the same under any.
  init(key: KeyedHash.Key) {
    self.key = key
    removeAll()
  }

  var count: Int { starts.count }

  /// Leaves the one symbol that every request begins with: the empty text.
  mutating func removeAll() {
    fields.removeAll()
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = 0 }
    let empty: [UInt8] = []
    _ = reference(empty.span)
  }

  /// The number of a text, which becomes part of the request if it isn't yet.
  mutating func reference(_ text: Span<UInt8>) -> UInt32 {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: KeyedHash(text, key: key).low) & mask
    while slots[slot] != 0 {
      let known = slots[slot] - 1
      if fields.span.extracting(range(known)).equals(text) { return known }
      slot = (slot + 1) & mask
    }
    precondition(count < Self.countMax, "BUG: a request of more symbols than any receiver takes")
    let reference = UInt32(count)
    fields.append(0x22)
    fields.append(varint: text.count)
    starts.append(UInt32(fields.count))
    fields.append(text)
    ends.append(UInt32(fields.count))
    slots[slot] = reference + 1
    if count * 4 > slots.count * 3 { rehash() }
    return reference
  }

  private func range(_ reference: UInt32) -> Range<Int> { Int(starts[Int(reference)])..<Int(ends[Int(reference)]) }

  private mutating func rehash() {
    var larger = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    for reference in 0..<UInt32(count) {
      let hash = KeyedHash(fields.span.extracting(range(reference)), key: key)
      var slot = Int(truncatingIfNeeded: hash.low) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = reference + 1
    }
    slots = larger
  }
}
