import Agent

/// Makes inputs out of others: bits, bytes, numbers at their limits, pieces moved, doubled, taken out, or put in from another input.
struct Mutator {
  private static let byteCountMax = 1 << 16
  private static let recentCountMax = 512

  private let corpus: [[UInt8]]
  private let dictionary: [[UInt8]]
  /// Inputs made lately: mutations of mutations get farther away.
  private var recent: [[UInt8]] = []
  private var random: SeededGenerator

  init(corpus: [[UInt8]], dictionary: [String], seed: UInt64) {
    self.corpus = corpus
    self.dictionary = dictionary.map { Array($0.utf8) }
    random = SeededGenerator(seed: seed)
  }

  mutating func next() -> [UInt8] {
    var bytes = pick()
    // Most of the time little is changed, so that most of it stays well formed.
    for _ in 0..<(1 << Int.random(in: 0...4, using: &random)) { change(&bytes) }
    if bytes.count > Self.byteCountMax { bytes.removeLast(bytes.count - Self.byteCountMax) }
    if Int.random(in: 0..<8, using: &random) == 0 {
      if recent.count < Self.recentCountMax {
        recent.append(bytes)
      } else {
        recent[Int.random(in: recent.indices, using: &random)] = bytes
      }
    }
    return bytes
  }

  private mutating func pick() -> [UInt8] {
    let isRecent = !recent.isEmpty && Int.random(in: 0..<3, using: &random) == 0
    return (isRecent ? recent : corpus).randomElement(using: &random) ?? []
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let length = min(1 << Int.random(in: 0...10, using: &random), bytes.count - place)
    switch Int.random(in: 0..<9, using: &random) {
    case 0 where length > 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1 where length > 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 2 where length > 0: bytes[place] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
    case 3: bytes.removeSubrange(place..<place + length)
    case 4: bytes.insert(contentsOf: bytes[place..<place + length], at: Int.random(in: 0...bytes.count, using: &random))
    case 5: bytes.insert(contentsOf: dictionary.randomElement(using: &random) ?? [], at: place)
    case 6:
      let other = pick()
      let from = Int.random(in: 0...other.count, using: &random)
      bytes.replaceSubrange(place..<place + length, with: other[from...].prefix(length))
    case 7:
      // A number, little-endian or as a varint, at a limit.
      let bits = Int.random(in: 0...63, using: &random)
      let power: UInt64 = 1 << UInt64(bits)
      let limits: [UInt64] = [power, power &- 1, .max]
      let number = limits.randomElement(using: &random) ?? 0
      let isVarint = Bool.random(using: &random)
      bytes.replaceSubrange(
        place..<min(place + 8, bytes.count),
        with: isVarint ? Self.varint(number) : Self.word(number)
      )
    default:
      for index in place..<place + min(length, 8) {
        bytes[index] = bytes[index] &+ UInt8.random(in: 0...2, using: &random) &- 1
      }
    }
  }

  private static func word(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private static func varint(_ number: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
    return bytes
  }
}
