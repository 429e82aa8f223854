/// Runs a program over a text: all ways through it at once, so that time is the text's length times the program's, whatever the text says.
///
/// A matcher that tries one way after the other can be made to try exponentially many, and the texts are written by whoever is scraped.
struct PatternMachine {
  private let program: [PatternProgram.Instruction]
  private let text: [UInt8]
  private let slotCount: Int
  /// The step at which each instruction was last reached: only the first way to reach it counts.
  private var reached: [Int]
  private var step = 0
  private var (waiting, next): ([Thread], [Thread]) = ([], [])

  private struct Thread {
    var instruction: Int
    var slots: [Int]
  }

  /// - Parameter slotCount: places to note, two for each capture and for the whole; 0 where only "whether" matters.
  init(_ program: PatternProgram, _ text: [UInt8], slotCount: Int) {
    self.program = program.instructions
    self.text = text
    self.slotCount = slotCount
    reached = [Int](repeating: -1, count: program.instructions.count)
  }

  /// Where the captures begin and end, -1 for those that took no part; nothing where the text doesn't match.
  mutating func run() -> [Int]? {
    var offset = 0
    var previous: UInt32?
    add(Thread(instruction: 0, slots: [Int](repeating: -1, count: slotCount)), at: offset, previous)
    while offset < text.count, !next.isEmpty {
      let (scalar, byteCount) = decoded(at: offset)
      swap(&waiting, &next)
      next.removeAll(keepingCapacity: true)
      offset += byteCount
      step += 1
      for thread in waiting {
        guard case .scalar(let set) = program[thread.instruction], set.contains(scalar) else { continue }
        add(Thread(instruction: thread.instruction + 1, slots: thread.slots), at: offset, scalar)
      }
      previous = scalar
    }
    guard offset == text.count else { return nil }
    return next.first { program[$0.instruction] == .match }?.slots
  }

  /// Follows all that takes no scalar, best way first.
  private mutating func add(_ thread: Thread, at offset: Int, _ previous: UInt32?) {
    var open = [thread]
    while var thread = open.popLast() {
      guard reached[thread.instruction] != step else { continue }
      reached[thread.instruction] = step
      switch program[thread.instruction] {
      case .scalar, .match: next.append(thread)
      case .jump(let target):
        thread.instruction = target
        open.append(thread)
      case .split(let first, let second):
        open.append(Thread(instruction: second, slots: thread.slots))
        thread.instruction = first
        open.append(thread)
      case .save(let slot):
        if slot < slotCount { thread.slots[slot] = offset }
        thread.instruction += 1
        open.append(thread)
      case .assertion(let assertion):
        guard holds(assertion, at: offset, previous) else { continue }
        thread.instruction += 1
        open.append(thread)
      }
    }
  }

  private func holds(_ assertion: PatternAssertion, at offset: Int, _ previous: UInt32?) -> Bool {
    let following = offset < text.count ? decoded(at: offset).scalar : nil
    switch assertion {
    case .textStart: return previous == nil
    case .textEnd: return following == nil
    case .lineStart: return previous == nil || previous == 0x0a
    case .lineEnd: return following == nil || following == 0x0a
    case .wordBoundary, .noWordBoundary:
      let isBoundary = isWord(previous) != isWord(following)
      return isBoundary == (assertion == .wordBoundary)
    }
  }

  private func isWord(_ scalar: UInt32?) -> Bool { scalar.map(ScalarSet.word.contains) ?? false }

  /// The scalar at a place and its length; U+FFFD and 1 for what is no UTF-8, as RE2 reads it.
  private func decoded(at offset: Int) -> (scalar: UInt32, byteCount: Int) {
    let first = text[offset]
    guard first >= 0x80 else { return (UInt32(first), 1) }
    let byteCount = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1
    guard byteCount > 1, offset + byteCount <= text.count else { return (0xfffd, 1) }
    var value = UInt32(first) & (0x7f >> UInt32(byteCount))
    for index in offset + 1..<offset + byteCount {
      guard text[index] & 0xc0 == 0x80 else { return (0xfffd, 1) }
      value = value << 6 | UInt32(text[index] & 0x3f)
    }
    return (value, byteCount)
  }
}
