import Document
import Model

/// The schema of a mapping in Prometheus' vocabulary. Fields that hold secrets have none: a model may not use them.
func schema(of vocabulary: Vocabulary) -> Tree<Never> {
  let fields = vocabulary.fields.compactMap { field -> Tree<Never>.Entry? in
    guard var value = schema(of: field.kind) else { return nil }
    if let since = field.since { value = value.adding("description", "Since Prometheus \(since.description)") }
    return .init(field.name, value)
  }
  let required = vocabulary.fields.filter(\.isRequired).map(\.name)
  return .mapping(
    objectOf(fields, type: "object") + (required.isEmpty ? [] : [.init("required", .strings(required))])
  )
}

/// `nil` for what no model may hold.
private func schema(of kind: Vocabulary.Kind) -> Tree<Never>? {
  switch kind {
  case .text, .url: ["type": ["string", "number", "boolean"]]
  case .boolean: ["type": "boolean"]
  case .neverTrue: ["const": false]
  case .count: ["type": "integer", "minimum": 0]
  case .number: ["type": "number"]
  case .duration: .mapping([.init("type", "string"), .init("minLength", 1), pattern(PrometheusDuration.pattern)])
  case .size: ["type": ["string", "integer"]]
  case .word(let words): ["enum": .strings(words.map(\.word))]
  case .list(let item): schema(of: item).map { ["type": "array", "items": $0] }
  case .map(let value): schema(of: value).map { ["type": "object", "additionalProperties": $0] }
  case .labels: ["type": "object", "additionalProperties": ["type": ["string", "number", "boolean"]]]
  case .object(let vocabulary): schema(of: vocabulary)
  case .secret: nil
  case .opaque: ["type": "object"]
  }
}
