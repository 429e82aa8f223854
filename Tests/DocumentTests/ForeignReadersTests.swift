import Document
import Foundation
import Testing

/// What other people's readers make of our documents, and that holes don't change how they are printed.
@Suite struct ForeignReadersTests {
  @Test func documentsReadAsMeantAndHolesPrintAlike() throws {
    var random = Randomness()
    var blueprints: [Blueprint] = AdversarialStrings.known.flatMap { string -> [Blueprint] in
      let text = Blueprint.text([.init(string: string)])
      return [
        text, .mapping([(string, nil, text)]),
        .sequence([text, .sequence([text, .mapping([(string, string, text), ("k", nil, .null)])])]),
        .mapping([("k", nil, .mapping([("k", nil, text), ("l", string, .yamlDocument(text, header: [string]))]))]),
        .text([.init(string: "a "), .init(string: string, slot: .arbitrary, origins: ["o"]), .init(string: "\nb\n")]),
      ]
    }
    for _ in 0..<400 { blueprints.append(.random(depth: 4, using: &random)) }

    var cases: [[String: Any]] = []
    for blueprint in blueprints {
      let values = blueprint.tree(withHoles: false)
      let holes = blueprint.tree(withHoles: true)
      for (format, document, holed) in [("yaml", yaml(values), yaml(holes)), ("json", json(values), json(holes))] {
        #expect(Array(document.filled.utf8) == Array(holed.filled.utf8), "\(format), seed \(random.seed)")
        #expect(document.filled.utf8.last == UInt8(ascii: "\n"))
        cases.append(["format": format, "document": document.filled, "expected": blueprint.expectation])
      }
    }

    let input = try JSONSerialization.data(withJSONObject: cases)
    let output = String(decoding: try ForeignProgram.python("reread_documents.py", input: input), as: UTF8.self)
    let lines = output.split(separator: "\n")
    #expect(lines.count == 1, "seed \(random.seed):\n\(output.prefix(3000))")
    #expect(lines.last.flatMap { Int($0) }.map { $0 > 5000 } == true)
  }
}
