/// A pattern as instructions of a machine that goes through a text once (R. Pike; K. Thompson 1968).
struct PatternProgram: Hashable, Sendable {
  enum Instruction: Hashable, Sendable {
    /// Takes a scalar out of a set, and goes on behind.
    case scalar(ScalarSet)
    /// Goes on at both places, rather at the first.
    case split(Int, Int)
    case jump(Int)
    /// Notes the place in the text.
    case save(Int)
    case assertion(PatternAssertion)
    case match
  }

  /// What a pattern may come to: `(a{1000}){1000}` would be a million.
  static let instructionCountMax = 20_000
  private(set) var instructions: [Instruction] = []

  /// All of the text has to match.
  init(_ node: PatternNode) throws(PatternFailure) {
    try append(node)
    try emit(.assertion(.textEnd))
    instructions.append(.match)
  }

  private mutating func emit(_ instruction: Instruction) throws(PatternFailure) {
    guard instructions.count < Self.instructionCountMax else {
      throw PatternFailure(message: "too large: its repetitions multiply", offset: 0)
    }
    instructions.append(instruction)
  }

  private mutating func append(_ node: PatternNode) throws(PatternFailure) {
    switch node {
    case .empty: break
    case .scalars(let set): try emit(.scalar(set))
    case .assertion(let assertion): try emit(.assertion(assertion))
    case .capture(let number, let node):
      try emit(.save(number * 2))
      try append(node)
      try emit(.save(number * 2 + 1))
    case .sequence(let nodes):
      for node in nodes { try append(node) }
    case .choice(let branches): try append(branches: branches)
    case .repetition(let node, let least, let most, let isGreedy):
      for _ in 0..<least { try append(node) }
      guard let most else {
        let start = instructions.count
        try emit(.split(0, 0))
        try append(node)
        try emit(.jump(start))
        instructions[start] = split(start + 1, instructions.count, isGreedy)
        return
      }
      var exits: [Int] = []
      for _ in least..<most {
        exits.append(instructions.count)
        try emit(.split(0, 0))
        try append(node)
      }
      for exit in exits { instructions[exit] = split(exit + 1, instructions.count, isGreedy) }
    }
  }

  private mutating func append(branches: [PatternNode]) throws(PatternFailure) {
    var ends: [Int] = []
    for (number, branch) in branches.enumerated() {
      let isLast = number == branches.count - 1
      let start = instructions.count
      if !isLast { try emit(.split(0, 0)) }
      try append(branch)
      if isLast { break }
      ends.append(instructions.count)
      try emit(.jump(0))
      instructions[start] = .split(start + 1, instructions.count)
    }
    for end in ends { instructions[end] = .jump(instructions.count) }
  }

  private func split(_ inside: Int, _ outside: Int, _ isGreedy: Bool) -> Instruction {
    isGreedy ? .split(inside, outside) : .split(outside, inside)
  }
}
