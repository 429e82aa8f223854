import Artifacts
import Document
import Loading
import Model
import Testing

/// What is rendered for `rescfg run` reads back as what it was rendered from.
@Suite struct ResolvedModelTests {
  private func reread(_ configuration: Configuration) throws -> Configuration {
    let text = yaml(resolvedModel(Baked(configuration))).string
    return try load(Array(text.utf8), file: "resolved.yaml").configuration(for: configuration.environment)
  }

  private func expectEqual(_ left: Configuration, _ right: Configuration) {
    #expect(left.environment == right.environment)
    for info in Settings.all where info.isRuntime {
      #expect(left.resolved(info).value == right.resolved(info).value, "\(info.path)")
    }
    #expect(left.destinationNames == right.destinationNames)
    for info in right.destinations.flatMap({ Settings.destination($0.name) }) {
      #expect(left.resolved(info).value == right.resolved(info).value, "\(info.path)")
    }
    #expect(left.externalLabels.map { [$0.name, $0.value] } == right.externalLabels.map { [$0.name, $0.value] })
    let jobs = left.scrapeConfigs?.map(meaning)
    if right[Settings.collector] == .rescfg {
      // What scrapes by this file gets the standard jobs, or the user's and the agent's own, written out.
      let own = right.scrapeConfigs?.map(meaning) ?? []
      #expect(jobs.map { $0.count > own.count && $0.starts(with: own) } == true)
    } else {
      #expect(jobs == right.scrapeConfigs?.map(meaning))
    }
    #expect(left.extraRules.map(meaning) == right.extraRules.map(meaning))
  }

  /// The node without its places and quotes, with the type that its text has.
  private func meaning(_ node: Node) -> Tree<Never> { node.tree() }

  @Test(arguments: try Repository.examples()) func everyExampleInEveryEnvironment(name: String) throws {
    let model = try load(Repository.bytes("examples/\(name)/rescfg.yaml"), file: "rescfg.yaml")
    for environment in model.environments.isEmpty ? ["default"] : model.environments {
      let configuration = try model.configuration(for: environment)
      expectEqual(try reread(configuration), configuration)
    }
  }

  @Test(arguments: [
    "a: b", "# no comment", "\"quoted\"", "'", "${x} %{y} {{ z }}", "yes", "3", "~", "- x", "*alias", "&anchor", "!tag",
    "\u{2028}\u{2029}\u{85}", " lead and trail ", "$(x)", "\"} or vector(1)", "back\\slash", "\u{feff}", "0x1f", "1e3",
    "🙂",
  ])
  func textOfAnyKindSurvives(text: String) throws {
    let location = Location(file: "rescfg.yaml", line: 1, column: 1)
    func scalar(_ text: String) -> Node { Node(.scalar(text, isPlain: false), at: location) }
    let rule = Node(
      .mapping([
        Node.Pair("alert", at: location, scalar(text)), Node.Pair("expr", at: location, scalar("up\n  == 0\n")),
        Node.Pair(
          "annotations",
          at: location,
          Node(.mapping([Node.Pair(text, at: location, scalar(text))]), at: location)
        ),
      ]),
      at: location
    )
    // No setting takes controls and byte order marks; rules may hold them.
    let isText = !text.unicodeScalars.contains(where: \.isNoText)
    let configuration = Configuration(
      environment: "prod",
      externalLabels: [.init("team", isText ? text : "core", at: location)],
      extraRules: [rule]
    ).setting("contact", to: .text(isText ? text : "us"))
    expectEqual(try reread(configuration), configuration)
  }

  /// What nobody wrote for a destination stands in the file, as it was that day.
  @Test func destinationsAreWrittenOut() throws {
    let model = """
      version: 1
      enable_network_resilience: true
      survive: 40m
      remote_write: {protocol: "2.0"}
      destinations:
        second: {kind: amp, url: "https://aps.example/workspaces/ws-1"}
        dr: {url: "https://dr.example:8443", write_path: "/in?db=x", auth: bearer, protocol: "1.0"}
      """
    let configuration = try load(Array(model.utf8), file: "rescfg.yaml").configuration(for: "prod")
    expectEqual(try reread(configuration), configuration)
    #expect(configuration.destinationNames == ["central", "dr", "second"])
    #expect(configuration.toward("dr").writeURL == "https://dr.example:8443/in?db=x")
    #expect(configuration.toward("second")[Settings.centralAuthentication] == .sigv4)
    #expect(configuration.toward("second")[Settings.remoteWriteProtocol] == .v2)
  }

  /// A pod isn't replaced for what nothing in it reads.
  @Test(arguments: [
    ("aws.backup_retention", ScalarValue.integer(7)), ("images.rescfg", .text("r:1")), ("storage.class", .text("fast")),
    ("agent.resources.limits.cpu", .quantity("2")),
  ])
  func holdsNothingOfDeployment(path: String, value: ScalarValue) throws {
    let configuration = Configuration(environment: "prod")
    let changed = configuration.setting(path, to: value)
    #expect(changed.resolved(try #require(Settings.byPath[path])).value == value)
    #expect(yaml(resolvedModel(Baked(changed))) == yaml(resolvedModel(Baked(configuration))))
  }

  @Test func resolvedFileIsForItsEnvironmentOnly() throws {
    let text = yaml(resolvedModel(Baked(Configuration(environment: "prod")))).string
    #expect(problems(text, environment: "prod").allSatisfy { $0.hasSuffix(" resilience-off") })
    #expect(problems(text, environment: "dev") == ["2:14 no-such-environment"])
  }
}
