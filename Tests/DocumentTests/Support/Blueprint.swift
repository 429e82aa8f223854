import Document
import Foundation

/// A document of which two trees can be made, one with values and one with holes in their places, and what a reader must
/// find in either.
indirect enum Blueprint {
  case mapping([(key: String, comment: String?, value: Blueprint)])
  case sequence([Blueprint])
  case text([Part])
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  case null
  case yamlDocument(Blueprint, header: [String])
  case jsonDocument(Blueprint)

  struct Part {
    var string: String
    /// `nil` where it is literal.
    var slot: SlotCharacters?
    var origins: Origins = []
  }

  func tree(withHoles: Bool) -> Tree<Formula> { tree { withHoles ? .value($0) : nil } }

  /// The tree with a hole wherever `makeHole` gives one for a value.
  func tree<H: Hole>(_ makeHole: (Operand<H>) -> H?) -> Tree<H> {
    func term<Value: TermValue>(_ value: Value, _ origins: Origins) -> Term<Value, H> {
      makeHole(value.operand(for: H.self)).map { .hole($0, from: origins) } ?? .known(value, from: origins)
    }
    switch self {
    case .mapping(let entries):
      return .mapping(entries.map { .init($0.key, $0.value.tree(makeHole), comment: $0.comment) })
    case .sequence(let items): return .sequence(items.map { $0.tree(makeHole) })
    case .text(let parts):
      return .text(
        Text(
          pieces: parts.map { part in
            part.slot.map { .slot(term(part.string, part.origins), $0) } ?? .literal(part.string)
          }
        )
      )
    case .integer(let value): return .integer(term(value, ["some.integer"]))
    case .number(let value): return .number(term(value, []))
    case .boolean(let value): return .boolean(term(value, ["b", "a"]))
    case .null: return .null
    case .yamlDocument(let document, let header): return .text(yaml(document.tree(makeHole), header: header))
    case .jsonDocument(let document): return .text(json(document.tree(makeHole)))
    }
  }

  /// The blueprint with its strings as Terraform can hold them: composed, as it composes all it reads, and without the
  /// characters that `jsonencode` leaves bare though YAML can't hold them.
  var forTerraform: Blueprint {
    func kept(_ string: String) -> String {
      var scalars = string.precomposedStringWithCanonicalMapping.unicodeScalars
      scalars.removeAll { (0x7f...0x9f).contains($0.value) || (0xfffe...0xffff).contains($0.value) }
      return String(scalars).precomposedStringWithCanonicalMapping
    }
    return switch self {
    case .mapping(let entries): .mapping(entries.map { (kept($0.key), $0.comment.map(kept), $0.value.forTerraform) })
    case .sequence(let items): .sequence(items.map(\.forTerraform))
    case .text(let parts): .text(parts.map { Part(string: kept($0.string), slot: $0.slot, origins: $0.origins) })
    case .yamlDocument(let document, let header): .yamlDocument(document.forTerraform, header: header.map(kept))
    case .jsonDocument(let document): .jsonDocument(document.forTerraform)
    case .integer, .number, .boolean, .null: self
    }
  }

  /// What a reader must find, for `reread_documents.py`.
  var expectation: [Any] {
    switch self {
    case .mapping(let entries): ["mapping", entries.map { [$0.key, $0.value.expectation] }]
    case .sequence(let items): ["sequence", items.map(\.expectation)]
    case .text(let parts): ["text", parts.map(\.string).joined()]
    case .integer(let value): ["integer", value]
    case .number(let value): ["number", "\(value)"]
    case .boolean(let value): ["boolean", value]
    case .null: ["null"]
    case .yamlDocument(let document, _): ["yaml", document.expectation]
    case .jsonDocument(let document): ["json", document.expectation]
    }
  }
}

extension Blueprint {
  static func random(depth: Int, using random: inout Randomness) -> Blueprint {
    if depth == 0 || random.chance(0.4) { return scalar(using: &random) }
    let count = Int.random(in: 0...4, using: &random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<5:
      var keys: Set<[UInt8]> = []
      return .mapping(
        (0..<count).compactMap { _ in
          let key = AdversarialStrings.random(using: &random)
          guard keys.insert(Array(key.utf8)).inserted else { return nil }
          let comment = random.chance(0.3) ? AdversarialStrings.random(using: &random) : nil
          return (key, comment, .random(depth: depth - 1, using: &random))
        }
      )
    case 5..<8: return .sequence((0..<count).map { _ in .random(depth: depth - 1, using: &random) })
    case 8:
      return .yamlDocument(
        .random(depth: depth - 1, using: &random),
        header: random.chance(0.5) ? [AdversarialStrings.random(using: &random)] : []
      )
    default: return .jsonDocument(.random(depth: depth - 1, using: &random))
    }
  }

  private static func scalar(using random: inout Randomness) -> Blueprint {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: .integer(.random(in: .min ... .max, using: &random))
    case 1: .number(random.pick([0, -0.0, 0.5, 1e-7, 1e15, 1e23, 123_456.789, -2.5e-10, 1e300]))
    case 2: .boolean(random.chance(0.5))
    case 3: .null
    case 4: .sequence([])
    case 5: .mapping([])
    case 6..<12: .text([Part(string: AdversarialStrings.random(using: &random))])
    case 12: .text([Part(string: AdversarialStrings.randomScalars(using: &random))])
    default: .text((0..<Int.random(in: 1...4, using: &random)).map { _ in part(using: &random) })
    }
  }

  private static func part(using random: inout Randomness) -> Part {
    let origins: Origins = random.pick([[], ["load.interval"], ["z", "a"], ["line\nbreak # \u{85}"]])
    return switch Int.random(in: 0..<9, using: &random) {
    case 0:
      Part(string: random.pick(["0", "30", "-5", "0.5", "true", "false", "007"]), slot: .number, origins: origins)
    case 1: Part(string: random.pick(["30s", "1d", "1h30m", "5m"]), slot: .word, origins: origins)
    case 2: Part(string: AdversarialStrings.random(using: &random), slot: .arbitrary, origins: origins)
    case 3:
      Part(string: random.pick(["a", "\"b: c\"", "- d", "0123456789", "é# '", ":"]), slot: .verbatim, origins: origins)
    case 4:
      Part(
        string: random.pick(["on", "null", "1e3", "10.0.0.0/16", "1:30", "~", "-", "@x", "https://a:1/b", "0"]),
        slot: .name,
        origins: origins
      )
    default:
      Part(
        string: random.pick([
          "", "a", " ", ":", "\n", "\n\n", "x\n", ": ", " #", "1:", "e", "0x", "-", "'", "\"", "\\", "Gi", "{",
          "\u{7f}",
        ])
      )
    }
  }
}
