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
    for index in 0..<150 {
      let blueprint = Blueprint.random(depth: 4, using: &random).forTerraform
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
