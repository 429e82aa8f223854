/// The different texts of label names and values, each kept once and named by a number that counts up from 0.
public struct SymbolTable {
  private var arena: [UInt8] = []
  private var ends: [UInt32] = []
  /// Open addressing; symbol + 1, 0 for a free slot.
  private var slots = [UInt32](repeating: 0, count: 16)
  let key: KeyedHash.Key

  public init(key: KeyedHash.Key) { self.key = key }

  public var count: Int { ends.count }

  /// Bytes of memory held, about.
  public var footprint: Int { arena.capacity + (ends.capacity + slots.count) * 4 }

  public func bytes(_ symbol: UInt32) -> [UInt8] { Array(arena[range(symbol)]) }

  public func byteCount(_ symbol: UInt32) -> Int { range(symbol).count }

  func range(_ symbol: UInt32) -> Range<Int> {
    let index = Int(symbol)
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  /// All symbols' bytes, which `range` cuts.
  var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { arena.span }
  }

  public mutating func intern(_ text: Span<UInt8>) -> UInt32 {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: KeyedHash(text, key: key).low) & mask
    while slots[slot] != 0 {
      let symbol = slots[slot] - 1
      if arena.span.extracting(range(symbol)).equals(text) { return symbol }
      slot = (slot + 1) & mask
    }
    let symbol = UInt32(ends.count)
    for index in text.indices { arena.append(text[index]) }
    ends.append(UInt32(arena.count))
    slots[slot] = symbol + 1
    if ends.count * 4 > slots.count * 3 { rehash() }
    return symbol
  }

  private mutating func rehash() {
    var larger = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    for symbol in 0..<UInt32(ends.count) {
      var slot = Int(truncatingIfNeeded: KeyedHash(arena.span.extracting(range(symbol)), key: key).low) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = symbol + 1
    }
    slots = larger
  }
}
