import ArgumentParser
import Document
import Model

struct ExplainCommand: ModelCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show a setting's value, where it came from, and every artifact and line it lands in.",
    discussion: HelpText.explain
  )

  @Argument(
    help: "The setting's path, such as load.nodes. Without it, every setting is listed.",
    completion: .list(Settings.all.map(\.path))
  )
  var setting: String?

  @Option(help: ArgumentHelp("The environment. (default: each) [RESCFG_ENV]", valueName: "environment"))
  var env: String?

  @Option(help: "Of the answer: text, or json, a list with an element for each environment. [RESCFG_FORMAT]")
  var format: Format?

  @OptionGroup var modelOptions: ModelOptions

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let isColoured = try modelOptions.colour.colours(.output)
    guard let setting else {
      try emit(Self.list)
      return .fine
    }
    guard let info = Settings.at(setting) ?? Settings.all.first(where: { $0.terraformName == setting }) else {
      throw Stop(.noSuchSetting(setting))
    }
    let source = try session.model(modelOptions)
    let environments = try environments(of: source)
    try session.requireUsable(source.examine(environments), quietly: true, modelOptions.colour)
    var explanations: [Explanation] = []
    for environment in environments {
      let configuration = try source.configuration(environment)
      if !configuration.has(info) { continue }
      explanations.append(Explanation(info, configuration))
    }
    if explanations.isEmpty { throw Stop(.noSuchSetting(setting)) }
    switch format {
    case .text: try emit(explanations.map { $0.text(isColoured: isColoured) }.joined(separator: "\n"))
    case .json: try emit(json(.sequence(explanations.map(\.tree))).string)
    }
    return .fine
  }

  private func environments(of source: ModelSource) throws(Stop) -> [String] {
    if let requested = env ?? Variables.text("RESCFG_ENV") {
      return try source.environments(requested)
    }
    return source.declaredEnvironments.isEmpty ? ["default"] : source.declaredEnvironments
  }

  private static var list: String {
    let width = Settings.all.reduce(0) { max($0, $1.path.count) }
    return Settings.all.map { info in
      info.path + String(repeating: " ", count: width - info.path.count + 2) + info.summary + "\n"
    }.joined()
  }
}
