/// Reads a pattern in RE2's syntax, as Prometheus takes it: Perl's without look-around and back-references.
///
/// Source: the RE2 syntax page, and Go's regexp/syntax for what is an error.
struct PatternParser {
  struct Flags {
    var ignoresCase = false
    var isMultiline = false
    /// Prometheus compiles with `(?s)`.
    var dotMatchesNewline = true
    var isLazy = false
  }

  /// Of `{n,m}`, as in RE2.
  private static let repetitionMax = 1000
  private static let depthMax = 100

  let scalars: [Unicode.Scalar]
  var index = 0
  var flags = Flags()
  private var depth = 0
  private(set) var captureNames: [String?] = []

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  mutating func parse() throws(PatternFailure) -> PatternNode {
    let node = try choice()
    if index < scalars.count { throw failure("a ')' that closes nothing") }
    return node
  }

  var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  func failure(_ message: String, at offset: Int? = nil) -> PatternFailure {
    PatternFailure(message: message, offset: offset ?? index)
  }

  mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }

  private mutating func choice() throws(PatternFailure) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthMax else { throw failure("groups more than \(Self.depthMax) deep") }
    // Flags set inside of a group end with it.
    let outer = flags
    defer { flags = outer }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternFailure) -> PatternNode {
    var nodes: [PatternNode] = []
    while let next = peek, next != "|", next != ")" {
      let start = index
      if take("\\Q") {
        while index < scalars.count, !take("\\E") {
          nodes.append(.scalars(literal(scalars[index])))
          index += 1
        }
        continue
      }
      guard let node = try atom() else { continue }
      nodes.append(try repetitions(of: node, from: start))
    }
    return nodes.isEmpty ? .empty : nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  func literal(_ scalar: Unicode.Scalar) -> ScalarSet {
    flags.ignoresCase ? ScalarSet(scalar.value).withBothCases : ScalarSet(scalar.value)
  }

  /// Nothing where flags were set, which match nothing themselves.
  private mutating func atom() throws(PatternFailure) -> PatternNode? {
    let start = index
    let next = scalars[index]
    index += 1
    switch next {
    case ".":
      return .scalars(flags.dotMatchesNewline ? .all : ScalarSet(0x0a).inverted)
    case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "(": return try group(from: start)
    case "[": return .scalars(try bracketClass(from: start))
    case "*", "+", "?": throw failure("'\(next)' repeats nothing", at: start)
    case "\\": return try escape(from: start)
    default: return .scalars(literal(next))
    }
  }

  private mutating func group(from start: Int) throws(PatternFailure) -> PatternNode? {
    guard take("?") else { return .capture(try capture(named: nil), try closed(from: start)) }
    if take("P<") || take("<") {
      var name = ""
      while let next = peek, next != ">" {
        name.unicodeScalars.append(next)
        index += 1
      }
      guard take(">"), !name.isEmpty, name.unicodeScalars.allSatisfy({ ScalarSet.word.contains($0.value) }) else {
        throw failure("a name of a group is letters, digits and '_' between '<' and '>'", at: start)
      }
      if captureNames.contains(name) { throw failure("two groups are called '\(name)'", at: start) }
      return .capture(try capture(named: name), try closed(from: start))
    }
    let outer = flags
    try readFlags(from: start)
    // Without a colon they hold up to the end of the group around them.
    if take(")") { return nil }
    index += 1
    let node = try closed(from: start)
    flags = outer
    return node
  }

  private mutating func capture(named name: String?) throws(PatternFailure) -> Int {
    captureNames.append(name)
    return captureNames.count
  }

  private mutating func closed(from start: Int) throws(PatternFailure) -> PatternNode {
    let node = try choice()
    guard take(")") else { throw failure("a '(' that nothing closes", at: start) }
    return node
  }

  /// Up to the `:` or `)` behind them.
  private mutating func readFlags(from start: Int) throws(PatternFailure) {
    var isSetting = true
    var count = 0
    while let next = peek {
      switch next {
      case "i": flags.ignoresCase = isSetting
      case "m": flags.isMultiline = isSetting
      case "s": flags.dotMatchesNewline = isSetting
      case "U": flags.isLazy = isSetting
      case "-" where isSetting:
        isSetting = false
        count = -1
      case ":" where isSetting || count > 0, ")" where count > 0: return
      default: throw failure("RE2 has no group that begins like this", at: start)
      }
      count += 1
      index += 1
    }
    throw failure("a '(' that nothing closes", at: start)
  }

  private mutating func repetitions(of atom: PatternNode, from start: Int) throws(PatternFailure) -> PatternNode {
    guard let range = try bounds() else { return atom }
    let isGreedy = take("?") == flags.isLazy
    let offset = index
    if try bounds() != nil { throw failure("a repetition of a repetition", at: offset) }
    return .repetition(atom, least: range.least, most: range.most, isGreedy: isGreedy)
  }

  /// What a repetition operator says; nothing where there is none.
  private mutating func bounds() throws(PatternFailure) -> (least: Int, most: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = index
    guard take("{"), let least = number() else {
      // A brace that is no repetition stands for itself.
      index = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else {
      index = start
      return nil
    }
    guard least <= Self.repetitionMax, (most ?? 0) <= Self.repetitionMax, least <= most ?? least else {
      throw failure("bounds of a repetition go up to \(Self.repetitionMax), the lower one first", at: start)
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let digits = scalars[index...].prefix { ScalarSet.digits.contains($0.value) }
    guard !digits.isEmpty, digits.count < 9 else { return nil }
    index += digits.count
    return digits.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
  }
}
