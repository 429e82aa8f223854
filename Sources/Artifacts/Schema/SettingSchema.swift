import Document
import Model

/// The schema of one setting's value.
func schema(of info: SettingInfo) -> Tree<Never> {
  let unit = info.unit.map { " (\($0))" } ?? ""
  let description = "\(info.summary). Write \(info.domain.expectation)\(unit)"
  return .mapping(
    [
      .init("title", .text(Text(info.path))), .init("description", .text(Text(description))),
      .init("default", literal(info.defaultValue)),
    ] + constraints(of: info.domain)
  )
}

/// The value as a scalar of JSON or YAML.
func literal(_ value: ScalarValue) -> Tree<Never> {
  switch value {
  case .boolean(let it): .boolean(.known(it))
  case .integer(let it): .integer(.known(it))
  case .number(let it): .number(.known(it))
  case .duration, .quantity, .text: .text(Text(value.spelling))
  }
}

private func constraints(of domain: Domain) -> [Tree<Never>.Entry] {
  switch domain {
  case .boolean: [.init("type", "boolean")]
  case .integer(let range):
    [
      .init("type", "integer"), .init("minimum", .integer(.known(range.lowerBound))),
      .init("maximum", .integer(.known(range.upperBound))),
    ]
  case .oneOf(let list): [.init("enum", .sequence(list.map { .integer(.known($0)) }))]
  case .number(let range):
    [
      .init("type", "number"), .init("minimum", .number(.known(range.lowerBound))),
      .init("maximum", .number(.known(range.upperBound))),
    ]
  case .duration: [.init("type", "string"), .init("minLength", 1), pattern(PrometheusDuration.pattern)]
  case .bytes: [.init("type", "string"), pattern("^[0-9]{1,15}(k|M|G|T|Ki|Mi|Gi|Ti)$")]
  case .cores(let range):
    [
      .init("type", ["string", "integer"]), pattern("^[0-9]{1,15}m?$"), .init("minimum", 1),
      .init("maximum", .integer(.known(Int(range.upperBound.value)))),
    ]
  case .text(let format): [.init("type", "string"), pattern(format.pattern)]
  case .choice(let words):
    [
      .init(
        "oneOf",
        .sequence(words.map { ["const": .text(Text($0.word)), "description": .text(Text($0.meaning))] })
      )
    ]
  }
}

func pattern(_ pattern: String) -> Tree<Never>.Entry { .init("pattern", .text(Text(pattern))) }
