import Model

/// docs/settings.md: every setting, one table a group.
public func settingsReference() -> String {
  var text = """
    # Settings

    Every setting of the model file, in the order of the table in `Sources/Model/Settings`, which this page is generated
    from. A setting that isn't written has its default. *Variable* is its name in the Terraform module; settings without
    one decide which objects exist and are fixed when rendering.

    ## Top level


    """
  let settings = SettingGroup.top.members.compactMap { if case .setting(let info) = $0.member { info } else { nil } }
  text += table(settings)
  for (key, member) in SettingGroup.top.members {
    if case .group(let group) = member { text += "\n## `\(key)`\n\n" + table(all(in: group)) }
  }
  return text + "\n" + destinations() + choices()
}

private func destinations() -> String {
  let settings = Settings.ofDestination.map { "| `\($0.key)` | `\($0.info.path)` |\n" }.joined()
  return """
    ## `destinations`

    Where samples go beside the centre: a mapping of names to settings, at most \(Destination.countMax). Each destination has a queue of
    its own, called `\(Destination.queueName("NAME"))` after it, which it keeps when its address changes; none holds up another. A
    setting means what the centre's means, and has the centre's default where it isn't written; `url` has to be. `credentials` is
    `NAME-access` and `protocol` is the centre's if nothing else is said.

    ```yaml
    destinations:
      dr: {kind: mimir, url: https://mimir.dr.example, tenant: edge, out_of_order_window: 24h}
    ```

    | Setting | Means what |
    | --- | --- |
    \(settings)

    """
}

private func all(in group: SettingGroup) -> [SettingInfo] {
  group.members.flatMap { _, member in
    switch member {
    case .setting(let info): [info]
    case .group(let nested): all(in: nested)
    }
  }
}

private func table(_ settings: [SettingInfo]) -> String {
  let rows = settings.map { info in
    [
      "`\(info.path)`", "`\(info.defaultValue.written)`",
      info.domain.expectation + (info.unit.map { " (\($0))" } ?? ""), info.summary,
      info.isStructural ? "" : "`\(info.terraformName)`", info.source,
    ]
  }
  let header = ["Setting", "Default", "Values", "Meaning", "Variable", "Source of the default"]
  return ([header, header.map { _ in "---" }] + rows)
    .map { "| " + $0.map(cell).joined(separator: " | ") + " |\n" }.joined()
}

private func cell(_ text: String) -> String {
  text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
}

private func choices() -> String {
  let lists = Settings.all.compactMap { info -> String? in
    guard case .choice(let words) = info.domain, words.count <= 20 else { return nil }
    return "`\(info.path)`:\n\n" + words.map { "- `\($0.word)`: \($0.meaning)\n" }.joined()
  }
  return "## Choices\n\n" + lists.joined(separator: "\n")
}
