public import Document
import Model

/// The model file as one environment holds it: every setting that something running reads, with its value. `rescfg run`
/// reads it from a ConfigMap, so what runs is what was rendered, defaults of that day included. A setting that only says how
/// something is deployed isn't in it: the ConfigMap's name would change with it, and every pod be replaced.
public func resolvedModel<S: Scope>(_ scope: S) -> Tree<S.H> {
  var entries: [Tree<S.H>.Entry] = [
    Tree.Entry("version", 1), Tree.Entry("environment", .text(scope.environmentText)),
  ]
  entries += members(of: .top, scope)
  let configuration = scope.configuration
  if !configuration.destinations.isEmpty {
    entries.append(Tree.Entry(Destination.section, .mapping(configuration.destinations.map { destination($0, scope) })))
  }
  if !configuration.externalLabels.isEmpty {
    let labels = configuration.externalLabels.map { Tree<S.H>.Entry($0.name, .text(Text($0.value))) }
    entries.append(Tree.Entry("external_labels", .mapping(labels)))
  }
  if scope[Settings.collector] == .rescfg {
    // The agent that reads this knows no jobs of its own.
    entries.append(Tree.Entry("scrape_configs", .sequence(scrapeConfigs(scope, findsServices: false))))
  } else if let configs = configuration.scrapeConfigs {
    entries.append(Tree.Entry("scrape_configs", .sequence(configs.map { $0.tree() })))
  }
  if !configuration.extraRules.isEmpty {
    entries.append(Tree.Entry("extra_rules", .sequence(configuration.extraRules.map { $0.tree() })))
  }
  return .mapping(entries)
}

private func destination<S: Scope>(_ destination: Destination, _ scope: S) -> Tree<S.H>.Entry {
  let settings = zip(Settings.ofDestination, Settings.destination(destination.name)).map { field, info in
    Tree<S.H>.Entry(field.key, structuralValue(of: info, scope))
  }
  return Tree.Entry(destination.name, .mapping(settings))
}

private func members<S: Scope>(of group: SettingGroup, _ scope: S) -> [Tree<S.H>.Entry] {
  group.members.compactMap { key, member in
    switch member {
    case .setting(let info): return info.isRuntime ? Tree.Entry(key, value(of: info, scope)) : nil
    case .group(let nested):
      let entries = members(of: nested, scope)
      return entries.isEmpty ? nil : Tree.Entry(key, .mapping(entries))
    }
  }
}

private func value<S: Scope>(of info: SettingInfo, _ scope: S) -> Tree<S.H> {
  if info.isStructural { return structuralValue(of: info, scope) }
  return switch info.domain {
  case .boolean: .boolean(scope[Setting<Bool>(info)])
  case .integer, .oneOf: .integer(scope[Setting<Int>(info)])
  case .number: .number(scope[Setting<Double>(info)])
  case .duration: .text(scope.text(Setting<PrometheusDuration>(info)))
  case .bytes, .cores: .text(scope.text(Setting<Quantity>(info)))
  case .text, .choice: .text(scope.text(Setting<String>(info)))
  }
}

private func structuralValue<S: Scope>(of info: SettingInfo, _ scope: S) -> Tree<S.H> {
  let value = scope.configuration.resolved(info).value
  return if case .boolean(let flag) = value {
    .boolean(.known(flag, from: [info.path]))
  } else {
    .text(Text(.known(value.spelling, from: [info.path]), info.domain.slotCharacters))
  }
}
