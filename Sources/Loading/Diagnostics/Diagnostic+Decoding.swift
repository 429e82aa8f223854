import Model

/// What is wrong with single settings.
extension Diagnostic {
  static func unknownSetting(
    _ key: String,
    in group: SettingGroup,
    suggestion: String?,
    isSection: Bool,
    at location: Location
  ) -> Diagnostic {
    let name = key.isEmpty ? "the empty key" : "'\(group.child(key).shown)'"
    let help =
      if isSection {
        "'\(key)' stands at the top of the file only"
      } else if let suggestion {
        "did you mean '\(suggestion)'?" + nesting(of: suggestion, from: group)
      } else if group.path.isEmpty {
        "'rescfg explain' lists every setting"
      } else {
        "'\(group.path)' has: \(group.members.map(\.key).joined(separator: ", "))"
      }
    return Diagnostic(.error, "unknown-setting", "there is no setting \(name)", at: location, help: help)
  }

  /// How the file spells the path, where that isn't one key in this same place.
  private static func nesting(of path: String, from group: SettingGroup) -> String {
    let keys = path.split(separator: ".")
    if group.child(String(keys[keys.count - 1])) == path { return "" }
    if keys.count == 1 { return " It stands at the top, not under '\(group.path)'" }
    return " It stands under '\(keys.dropLast().joined(separator: ": "))'"
  }

  static func mistyped(_ info: SettingInfo, _ node: Node, help: String) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "\(info.path) must be \(info.expectation); this is \(node.described)",
      at: node.location,
      help: help
    )
  }

  static func missingValue(_ info: SettingInfo, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "missing-value",
      "\(info.path) has no value",
      at: location,
      help: "write \(info.expectation), or delete the line for the default, \(info.defaultValue.written)"
    )
  }

  static func unitMissing(_ info: SettingInfo, _ text: String, _ help: String, at location: Location) -> Diagnostic {
    Diagnostic(.error, "unit-missing", "\(info.path) is \(text.shown), without a unit", at: location, help: help)
  }

  static func wrongUnit(_ info: SettingInfo, _ text: String, _ help: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "wrong-unit",
      "\(info.path) must be \(info.expectation), not '\(text.shown)'",
      at: location,
      help: help
    )
  }

  /// Of the right type, and outside its bounds.
  static func outOfDomain(_ info: SettingInfo, _ text: String, at location: Location) -> Diagnostic {
    switch info.domain {
    case .choice(let words):
      let near = suggestion(for: text, among: words.map(\.word))
      return Diagnostic(
        .error,
        "unknown-choice",
        "\(info.path) can't be '\(text.shown)'",
        at: location,
        help: (near.map { "did you mean '\($0)'? " } ?? "") + "It is \(info.expectation)",
        changes: near.map { [Change(path: info.path, value: .text($0))] } ?? []
      )
    case .text(.httpURL) where text.contains("@"), .text(.httpURLs) where text.contains("@"):
      return .secretInURL(info.path, at: location, help: "write the URL without it")
    case .text(let format):
      return Diagnostic(
        .error,
        "bad-format",
        "\(info.path) can't be '\(text.shown)'",
        at: location,
        help: "write \(format.description)"
      )
    case .oneOf(let list):
      let near = Double(text).flatMap { wanted in list.min { abs(Double($0) - wanted) < abs(Double($1) - wanted) } }
      return Diagnostic(
        .error,
        "out-of-range",
        "\(info.path) is \(text.shown); it must be \(info.expectation)",
        at: location,
        help: near.map { "write \($0)" },
        changes: near.map { [Change(path: info.path, value: .integer($0))] } ?? []
      )
    case .boolean, .integer, .number, .duration, .bytes, .cores:
      return Diagnostic(
        .error,
        "out-of-range",
        "\(info.path) is \(text.shown); it must be \(info.expectation)",
        at: location,
        help: "the default is \(info.defaultValue.written)",
        changes: [Change(path: info.path, value: info.defaultValue)]
      )
    }
  }

  static func notAGroup(_ group: SettingGroup, _ node: Node) -> Diagnostic {
    let keys = group.members.map(\.key)
    return Diagnostic(
      .error,
      "mistyped",
      "\(group.path) is a group of settings; this is \(node.described)",
      at: node.location,
      help: "write them on lines of their own below it: \(keys.joined(separator: ", "))"
    )
  }

  static func notAList(_ key: String, of what: String, _ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "\(key) is a list of \(what); this is \(node.described)",
      at: node.location,
      help: "begin each with '- ' on a line of its own"
    )
  }
}

extension SettingInfo {
  /// `domain.expectation`, with what is counted.
  var expectation: String { domain.expectation + (unit.map { " (\($0))" } ?? "") }
}
