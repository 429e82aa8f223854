import Model

/// What is wrong with the file's frame: its version, environments and labels.
extension Diagnostic {
  static func modelNotAMapping(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "a model is a mapping of settings; this is \(node.described)",
      at: node.location,
      help: "begin with 'version: 1', or let 'rescfg init' write one"
    )
  }

  static func versionMissing(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "version-missing",
      "the model doesn't say its version",
      at: location,
      help: "write 'version: 1' as its first line"
    )
  }

  static func versionMistyped(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "version must be a whole number; this is \(node.described)",
      at: node.location,
      help: "write 'version: 1'"
    )
  }

  static func versionUnknown(_ number: Int, at location: Location) -> Diagnostic {
    number > 1
      ? Diagnostic(
        .error,
        "version-unknown",
        "the model is of version \(number); this rescfg is older and reads version 1",
        at: location,
        help: "use a newer rescfg"
      )
      : Diagnostic(
        .error,
        "version-unknown",
        "there is no version \(number) of the model",
        at: location,
        help: "write 'version: 1'"
      )
  }

  static func environmentsNotAMapping(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "environments maps names to the settings that differ there; this is \(node.described)",
      at: node.location,
      help: "write 'dev: {}' on a line below it for an environment where nothing differs"
    )
  }

  static func overlayNotAMapping(_ environment: Node.Pair) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "environment '\(environment.key.shown)' holds the settings that differ there; this is \(environment.value.described)",
      at: environment.value.location,
      help: "write '\(environment.key.shown): {}' where nothing differs"
    )
  }

  static func environmentName(_ name: String, at location: Location?) -> Diagnostic {
    let foreign = name.unicodeScalars.first { !$0.isASCII }
    let stranger = foreign.map { "\($0.codePoint) is no ASCII letter; " } ?? ""
    return Diagnostic(
      .error,
      "environment-name",
      "an environment can't be called '\(name.shown)'",
      at: location,
      help: name == "all"
        ? "'all' stands for every environment on the command line"
        : stranger
          + "write lower-case ASCII letters, digits and '-', at most 63: the name becomes a directory and a label"
    )
  }

  static func environmentNameHere(_ node: Node) -> Diagnostic {
    guard case .scalar(let name, _) = node.content else {
      return Diagnostic(
        .error,
        "mistyped",
        "environment is the name this file is resolved for; this is \(node.described)",
        at: node.location,
        help: "write one name; overlays stand under 'environments'"
      )
    }
    return environmentName(name, at: node.location)
  }

  static func bothEnvironments(at location: Location, environments: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "environment-and-environments",
      "'environment' says that the file is resolved for one environment, and it has overlays for several",
      at: location,
      help: "delete 'environment'",
      related: [Related("the overlays stand here", at: environments)]
    )
  }

  static func noSuchEnvironment(_ name: String, among names: [String], at location: Location?) -> Diagnostic {
    let names = names.filter(ModelDecoder.isName)
    let near = suggestion(for: name, among: names).map { "did you mean '\($0)'? " } ?? ""
    let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? " and \(names.count - 10) more" : "")
    return Diagnostic(
      .error,
      "no-such-environment",
      "the model has no environment '\(name.shown)'",
      at: location,
      help: names.isEmpty ? "add it below 'environments'" : near + "It has \(shown)"
    )
  }

  static func destinationsNotAMapping(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "destinations maps names to where samples go beside the centre; this is \(node.described)",
      at: node.location,
      help: "write 'dr: {url: https://dr.example}' on a line below it"
    )
  }

  static func destinationName(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "destination-name",
      "a destination can't be called '\(name.shown)'",
      at: location,
      help: name == Destination.centre
        ? "that is the centre, which 'central' describes"
        : "write lower-case ASCII letters, digits and '-', at most \(Destination.nameByteCountMax): files and objects are named after it"
    )
  }

  static func labelsNotAMapping(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "mistyped",
      "external_labels maps label names to values; this is \(node.described)",
      at: node.location,
      help: "write 'team: core' on a line below it"
    )
  }

  static func reservedLabel(_ name: String, _ owner: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "reserved-label",
      "the label '\(name)' is already given: it is \(owner)",
      at: location,
      help: name == "cluster" ? "set cluster_name" : "choose another name"
    )
  }

  static func labelNotText(_ name: String, _ node: Node) -> Diagnostic {
    var help = "write one text"
    if case .scalar(let text, _) = node.content { help = "put it into quotes: \"\(text.shown)\"" }
    return Diagnostic(
      .error,
      "mistyped",
      "the value of label '\(name)' must be text; this is \(node.described)",
      at: node.location,
      help: help
    )
  }

  static func labelEmpty(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "label-empty",
      "label '\(name)' is empty, which is the same as no label",
      at: location,
      help: "give it a value or delete it"
    )
  }

  static func labelControlCharacter(_ name: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "control-character",
      "the value of label '\(name)' has a control character",
      at: location,
      help: "a label is one line of text"
    )
  }
}
