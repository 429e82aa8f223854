/// A string with slots. Each slot has a value, or a hole, and knows the settings it came from.
public struct Text<H: Hole>: Hashable, Sendable {
  public enum Piece: Hashable, Sendable {
    case literal(String)
    case slot(Term<String, H>, SlotCharacters)
  }

  /// What stands before the first slot: all there is of most texts, which need no list for it.
  private var lead: String
  /// The first slot and what follows it. Neighbouring literals are one, so that equal texts are equal in this too.
  private var rest: [Piece]

  public init() {
    lead = ""
    rest = []
  }

  /// Neighbouring literals become one, so that equal texts have equal pieces.
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(pieces: [Piece]) {
    self.init()
    append(pieces)
  }

  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(_ literal: String) {
    lead = literal
    rest = []
  }
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(_ term: Term<String, H>, _ characters: SlotCharacters) {
    lead = ""
    rest = [.slot(term, characters)]
  }

  /// The literals and slots in their order, no literal beside another.
  public var pieces: [Piece] {
    @specialized(where H == Never)
    @specialized(where H == Expression)
    get { lead.isEmpty ? rest : [.literal(lead)] + rest }
  }

  /// The text where it has no slot.
  public var onlyLiteral: String? {
    @specialized(where H == Never)
    @specialized(where H == Expression)
    get { rest.isEmpty ? lead : nil }
  }

  /// As a loop over `pieces`, which makes a list of them.
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public func forEachPiece(_ body: (Piece) -> Void) {
    if !lead.isEmpty { body(.literal(lead)) }
    for piece in rest { body(piece) }
  }

  @specialized(where H == Never)
  @specialized(where H == Expression)
  public mutating func append(_ literal: String) {
    if rest.isEmpty {
      // An empty string has no room of its own: it becomes the other.
      if lead.isEmpty { lead = literal } else { lead += literal }
      return
    }
    if literal.isEmpty { return }
    if case .literal(var last) = rest.last {
      // With its place emptied, the string has one owner and grows where it is: appending n times takes linear time.
      rest[rest.count - 1] = .literal("")
      last += literal
      rest[rest.count - 1] = .literal(last)
    } else {
      rest.append(.literal(literal))
    }
  }

  @specialized(where H == Never)
  @specialized(where H == Expression)
  public mutating func append(_ other: Text) {
    append(other.lead)
    append(other.rest)
  }

  @specialized(where H == Never)
  @specialized(where H == Expression)
  private mutating func append(_ others: [Piece]) {
    for piece in others {
      switch piece {
      case .literal(let literal): append(literal)
      case .slot: rest.append(piece)
      }
    }
  }

  @specialized(where H == Never)
  @specialized(where H == Expression)
  public static func + (left: Text, right: Text) -> Text {
    var sum = left
    sum.append(right)
    return sum
  }

  public var origins: Origins {
    @specialized(where H == Never)
    @specialized(where H == Expression)
    get {
      rest.reduce([]) { if case .slot(let term, _) = $1 { $0.union(term.origins) } else { $0 } }
    }
  }

  public var isEmpty: Bool { lead.isEmpty && rest.isEmpty }

  public var hasHoles: Bool {
    rest.contains { if case .slot(let term, _) = $0, case .hole = term.content { true } else { false } }
  }

  @specialized(where H == Never)
  @specialized(where H == Expression)
  public func contains(_ characters: SlotCharacters) -> Bool {
    rest.contains { if case .slot(_, characters) = $0 { true } else { false } }
  }

  /// The whole text as one term: a string where no hole is left, else one hole around them all.
  public var term: Term<String, H> {
    @specialized(where H == Never)
    @specialized(where H == Expression)
    get {
      if rest.isEmpty { return .known(lead) }
      var string = ""
      let pieces = pieces
      for (index, piece) in pieces.enumerated() {
        switch piece.operand {
        case .text(let part): string += part
        case .hole(let hole):
          if case .slot(let only, _) = piece, pieces.count == 1 { return only }
          let before = pieces[..<index].map(\.operand)
          let after = pieces[(index + 1)...].map(\.operand)
          return .hole(hole.joined(before: before, after: after), from: origins)
        case .boolean, .integer, .number: preconditionFailure("BUG: a piece of a text is no string")
        }
      }
      return .known(string, from: origins)
    }
  }

  /// The text as a JSON string literal with its quotes, in one slot that needs no further escaping.
  public var jsonQuoted: Text {
    @specialized(where H == Never)
    @specialized(where H == Expression)
    get { Text(term.applying(.jsonQuoted, known: quotedAsJSON), .verbatim) }
  }

  /// The text where a Go template is expected, meaning itself, whatever stands next to it.
  public var goTemplateLiteral: Text {
    @specialized(where H == Never)
    @specialized(where H == Expression)
    get { escaped(.goTemplateLiteral, known: escapedForGoTemplate) }
  }

  /// The text between the double quotes of a PromQL string.
  public var promQLEscaped: Text {
    @specialized(where H == Never)
    @specialized(where H == Expression)
    get { escaped(.promQLEscaped, known: escapedForPromQL) }
  }

  /// Each piece escaped on its own, which needs a function that escapes one character at a time.
  @specialized(where H == Never)
  @specialized(where H == Expression)
  private func escaped(_ function: ScalarFunction, known: (String) -> String) -> Text {
    Text(
      pieces: pieces.map { piece in
        switch piece {
        case .literal(let literal): .literal(known(literal))
        case .slot(_, .number), .slot(_, .word), .slot(_, .name): piece
        case .slot(let term, .arbitrary), .slot(let term, .verbatim):
          .slot(term.applying(function, known: known), .arbitrary)
        }
      }
    )
  }

  /// Ten hexadecimal digits that change when the text does.
  public var contentHash: Text {
    @specialized(where H == Never)
    @specialized(where H == Expression)
    get { Text(term.applying(.contentHash, known: contentHashOf), .verbatim) }
  }
}

extension Text where H == Never {
  /// The string: a text without holes always has one.
  public var string: String {
    if rest.isEmpty { return lead }
    var string = ""
    string.reserveCapacity(rest.reduce(lead.utf8.count) { $0 + $1.string.utf8.count })
    string += lead
    for piece in rest { string += piece.string }
    return string
  }
}

extension Text.Piece {
  var operand: Operand<H> {
    switch self {
    case .literal(let literal): .text(literal)
    case .slot(let term, _): term.operand
    }
  }
}

extension Text<Never>.Piece {
  /// The piece's characters, known as nothing is left open.
  var string: String {
    switch self {
    case .literal(let literal): literal
    case .slot(let term, _): term.value
    }
  }
}

extension Text: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self.init(value) }
  public init(stringInterpolation: Interpolation) { self = stringInterpolation.text }

  public struct Interpolation: StringInterpolationProtocol {
    var text = Text()

    public init(literalCapacity: Int, interpolationCount: Int) {}
    @specialized(where H == Never)
    @specialized(where H == Expression)
    public mutating func appendLiteral(_ literal: String) { text.append(literal) }

    @specialized(where H == Never)
    @specialized(where H == Expression)
    public mutating func appendInterpolation(_ literal: String) { text.append(literal) }
    @specialized(where H == Never)
    @specialized(where H == Expression)
    public mutating func appendInterpolation(_ literal: Int) { text.append(String(literal)) }
    @specialized(where H == Never)
    @specialized(where H == Expression)
    public mutating func appendInterpolation(_ other: Text) { text.append(other) }
    @specialized(where H == Never)
    @specialized(where H == Expression)
    public mutating func appendInterpolation(_ term: Term<Int, H>) { text.append(Text(term)) }
    @specialized(where H == Never)
    @specialized(where H == Expression)
    public mutating func appendInterpolation(_ term: Term<Double, H>) { text.append(Text(term)) }
    public mutating func appendInterpolation(_ term: Term<Bool, H>) { text.append(Text(term)) }
    /// A string of unknown content.
    public mutating func appendInterpolation(_ term: Term<String, H>) { text.append(Text(term, .arbitrary)) }
  }

  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(_ term: Term<Int, H>) { self.init(term.spelled { String($0) }, .number) }
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(_ term: Term<Double, H>) { self.init(term.spelled(spelledNumber), .number) }
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(_ term: Term<Bool, H>) { self.init(term.spelled { $0 ? "true" : "false" }, .number) }
}

extension Term {
  /// The same hole, or the value's spelling: a place for a string takes both.
  fileprivate func spelled(_ spell: (Value) -> String) -> Term<String, H> {
    switch content {
    case .known(let value): .known(spell(value), from: origins)
    case .hole(let hole): .hole(hole, from: origins)
    }
  }
}
