import Model

/// Makes a model of a file's tree, whatever in it can be understood, and reports the rest.
struct ModelDecoder {
  private(set) var base = Layer()
  private(set) var overlays: [LoadedModel.Overlay] = []
  private(set) var environmentsLocation: Location?
  private var resolvedEnvironment: Node?

  init(_ root: Node, _ findings: inout Findings) {
    guard case .mapping(let pairs) = root.content else {
      findings.report(.modelNotAMapping(root))
      return
    }
    guard hasKnownVersion(pairs, root, &findings) else { return }
    for pair in pairs {
      switch pair.key {
      case "version": continue
      case "environments": takeEnvironments(pair, &findings)
      case "environment": resolvedEnvironment = pair.value
      default: base.take(pair, sections: KeySuggestion.sections, &findings)
      }
    }
    takeResolvedEnvironment(&findings)
  }

  /// Whether the rest of the file is worth a look: another version may have other keys.
  private func hasKnownVersion(_ pairs: [Node.Pair], _ root: Node, _ findings: inout Findings) -> Bool {
    guard let version = pairs.first(where: { $0.key == "version" })?.value else {
      findings.report(.versionMissing(at: root.location))
      return true
    }
    guard case .scalar(let text, true) = version.content, case .integer(let number) = PlainScalar(text) else {
      findings.report(.versionMistyped(version))
      return true
    }
    if number == 1 { return true }
    findings.report(.versionUnknown(number, at: version.location))
    return number < 1
  }

  private mutating func takeEnvironments(_ pair: Node.Pair, _ findings: inout Findings) {
    environmentsLocation = pair.keyLocation
    guard case .mapping(let environments) = pair.value.content else {
      findings.report(.environmentsNotAMapping(pair.value))
      return
    }
    for environment in environments {
      if !Self.isName(environment.key) {
        findings.report(.environmentName(environment.key, at: environment.keyLocation))
      }
      var overlay = LoadedModel.Overlay(name: environment.key, location: environment.keyLocation)
      switch environment.value.content {
      case .mapping(let pairs):
        for pair in pairs { overlay.layer.take(pair, sections: Layer.sections, &findings) }
      case .scalar("", isPlain: true): break
      default: findings.report(.overlayNotAMapping(environment))
      }
      overlays.append(overlay)
    }
  }

  /// `environment: prod` says that the file is already resolved for that one.
  private mutating func takeResolvedEnvironment(_ findings: inout Findings) {
    guard let node = resolvedEnvironment else { return }
    guard case .scalar(let name, _) = node.content, Self.isName(name) else {
      findings.report(.environmentNameHere(node))
      return
    }
    if let environmentsLocation {
      findings.report(.bothEnvironments(at: node.location, environments: environmentsLocation))
      return
    }
    overlays = [LoadedModel.Overlay(name: name, location: node.location)]
    environmentsLocation = node.location
  }

  /// A directory, a label value and a part of object names; `all` stands for every environment on the command line.
  static func isName(_ name: String) -> Bool { TextFormat.dnsLabel.matches(name) && name != "all" }
}
