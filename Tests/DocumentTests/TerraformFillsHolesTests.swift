import Foundation
import Testing

@testable import Document

/// A document with Terraform variables in it, planned with their values, is the document printed with the values.
@Suite struct TerraformFillsHolesTests {
  @Test func plannedDocumentsAreThoseWithValues() throws {
    var random = Randomness()
    var body = HCLBody()
    var documents: [String: String] = [:]
    var variableCount = 0
    let known = AdversarialStrings.known.map { Blueprint.Part(string: $0, slot: .arbitrary, origins: ["a"]) }
    var blueprints: [Blueprint] = [
      .sequence(known.map { .text([$0]) }),
      .yamlDocument(.sequence(known.map { .text([.init(string: "${x}\n"), $0, .init(string: "\"\\")]) }), header: []),
    ]
    for _ in 0..<150 { blueprints.append(.random(depth: 4, using: &random)) }
    for (index, blueprint) in blueprints.map(\.forTerraform).enumerated() {
      let live: Tree<Document.Expression> = blueprint.tree { value in
        variableCount += 1
        body.append(.block("variable", "v\(variableCount)", body: [.set("default", Expression(value))]))
        return .variable("v\(variableCount)")
      }
      let baked: Tree<Never> = blueprint.tree { _ in nil }
      let texts = [("yaml\(index)", yaml(live), yaml(baked)), ("json\(index)", json(live), json(baked))]
      for (name, live, baked) in texts {
        documents[name] = baked.string
        body.append(
          .block("output", name, body: [.set("value", .call("base64encode", [Expression(live.term.operand)]))])
        )
      }
    }
    #expect(variableCount > 100)
    let outputs = try planned(body)
    #expect(outputs.count == documents.count)
    for (name, document) in documents {
      let found = (outputs[name] as? String).flatMap { Data(base64Encoded: $0) }.map { Array($0) }
      let isEqual = found == Array(document.utf8)
      let difference = "\(String(decoding: found ?? [], as: UTF8.self))\n--- instead of ---\n\(document)"
      #expect(isEqual, "seed \(random.seed), \(name):\n\(isEqual ? "" : difference)")
    }
  }
}
