public import Document
import Model

/// The JSON Schema (draft 2020-12) of the model file, by which editors complete and check it. It says what a schema can
/// say: `rescfg check` knows more (bounds of durations and sizes, settings against each other).
public func schema() -> Tree<Never> {
  var definitions = SettingGroup.top.members.map { key, member in
    Tree<Never>.Entry(key, schema(of: member))
  }
  definitions += [
    .init(Destination.section, destinations),
    .init("external_labels", externalLabels),
    .init("scrape_configs", list(of: schema(of: Vocabulary.scrapeConfig), "What to scrape, as Prometheus has it")),
    .init("extra_rules", list(of: schema(of: Vocabulary.rule), "Rules of your own, as Prometheus has them")),
  ]
  let shared = definitions.map { Tree<Never>.Entry($0.key, ["$ref": .text(Text("#/$defs/\($0.key)"))]) }
  definitions.append(.init("environment", .mapping(objectOf(shared, type: ["object", "null"]))))
  let frame: [Tree<Never>.Entry] = [
    .init("version", ["description": "Version of the model file's format", "const": 1]),
    .init("environments", environments),
    .init(
      "environment",
      .mapping(
        [.init("description", "The environment this file is resolved for"), .init("type", "string")] + environmentName
      )
    ),
  ]
  return .mapping(
    [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"), .init("title", "rescfg model"),
      .init("description", "How a metrics pipeline survives network partitions"),
    ] + objectOf(frame + shared, type: "object") + [
      .init("required", ["version"]), .init("not", ["required": ["environment", "environments"]]),
      .init("$defs", .mapping(definitions)),
    ]
  )
}

/// A mapping of these properties and no others.
func objectOf(_ properties: [Tree<Never>.Entry], type: Tree<Never>) -> [Tree<Never>.Entry] {
  [.init("type", type), .init("additionalProperties", false), .init("properties", .mapping(properties))]
}

private func list(of item: Tree<Never>, _ description: String) -> Tree<Never> {
  ["description": .text(Text(description)), "type": "array", "items": item]
}

private let environmentName: [Tree<Never>.Entry] = [
  .init("pattern", .text(Text(TextFormat.dnsLabel.pattern))), .init("not", ["const": "all"]),
]

private let environments: Tree<Never> = [
  "description": "What differs in each environment, by its name", "type": "object",
  "propertyNames": .mapping(environmentName), "additionalProperties": ["$ref": "#/$defs/environment"],
]

private let destinations: Tree<Never> = [
  "description": "Where samples go beside the centre, by the name of each queue", "type": "object",
  "maxProperties": .integer(.known(Destination.countMax)),
  "propertyNames": [
    "pattern": .text(Text(TextFormat.dnsLabel.pattern)), "maxLength": .integer(.known(Destination.nameByteCountMax)),
    "not": ["const": .text(Text(Destination.centre))],
  ],
  "additionalProperties": .mapping(
    objectOf(Settings.ofDestination.map { Tree<Never>.Entry($0.key, schema(of: $0.info)) }, type: "object")
  ),
]

private let externalLabels: Tree<Never> = [
  "description": "Labels on every sample beside cluster, node and environment", "type": "object",
  "propertyNames": [
    "pattern": .text(Text(LabelName.pattern)), "not": ["enum": .strings(LabelName.reserved.keys.sorted())],
  ],
  "additionalProperties": ["type": "string", "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]+$"],
]

private func schema(of member: SettingGroup.Member) -> Tree<Never> {
  switch member {
  case .setting(let info): schema(of: info)
  case .group(let group):
    .mapping(objectOf(group.members.map { Tree<Never>.Entry($0.key, schema(of: $0.member)) }, type: "object"))
  }
}
