import Artifacts
import Document
import Model

extension Explanation {
  /// For programs.
  var tree: Tree<Never> {
    [
      "setting": .text(Text(info.path)),
      "environment": .text(Text(environment)),
      "value": tree(of: resolved.value),
      "origin": originTree,
      "summary": .text(Text(info.summary)),
      "takes": .text(Text(info.domain.expectation)),
      "unit": info.unit.map { .text(Text($0)) } ?? .null,
      "default": tree(of: info.defaultValue),
      "source": .text(Text(info.source)),
      "terraform_variable": info.isStructural ? .null : .text(Text(info.terraformName)),
      "lines": .sequence(
        landings.map {
          ["path": .text(Text($0.path)), "line": .integer(.known($0.line)), "text": .text(Text($0.text))]
        }
      ),
      "alternatives": .sequence(
        alternatives.map { ["values": .strings($0.words), "changes": .strings($0.files)] }
      ),
    ]
  }

  private var originTree: Tree<Never> {
    switch resolved.origin {
    case .standard: ["kind": "default"]
    case .model(let location): place("model", location)
    case .environment(_, let location): place("environment", location)
    }
  }

  private func place(_ kind: String, _ location: Location) -> Tree<Never> {
    [
      "kind": .text(Text(kind)), "file": .text(Text(location.file)), "line": .integer(.known(location.line)),
      "column": .integer(.known(location.column)),
    ]
  }

  private func tree(of value: ScalarValue) -> Tree<Never> {
    switch value {
    case .boolean(let it): .boolean(.known(it))
    case .integer(let it): .integer(.known(it))
    case .number(let it): .number(.known(it))
    case .duration, .quantity, .text: .text(Text(value.spelling))
    }
  }
}
