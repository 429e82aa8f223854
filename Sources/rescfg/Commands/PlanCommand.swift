import ArgumentParser
import Artifacts
import Charts
import Document
import Model
import Output

struct PlanCommand: ModelCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say how long an environment survives a partition, what that takes and what it costs.",
    discussion: HelpText.plan
  )

  @Option(help: ArgumentHelp("The environment, or all. (default: each) [RESCFG_ENV]", valueName: "environment"))
  var env: String?

  @Option(help: "Length of the partition, such as 6h. (default: survive) [RESCFG_OUTAGE]")
  var outage: String?

  @Option(help: "How many nodes. (default: load.nodes) [RESCFG_NODES]")
  var nodes: String?

  @Option(help: "Of the answer: text, or json, a list with an element for each environment. [RESCFG_FORMAT]")
  var format: Format?

  @Option(
    help: ArgumentHelp(
      "Also draw the partition, as SVG; - is standard output, and nothing else then. [RESCFG_CHART]",
      valueName: "file"
    ),
    completion: .file(extensions: ["svg"])
  )
  var chart: String?

  @OptionGroup var modelOptions: ModelOptions

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let isColoured = try modelOptions.colour.colours(.output)
    let outage = try Self.outage(outage ?? Variables.text("RESCFG_OUTAGE"))
    let nodes = try Self.nodes(nodes ?? Variables.text("RESCFG_NODES"))
    let chart = chart ?? Variables.text("RESCFG_CHART")
    let source = try session.model(modelOptions)
    let environments = try environments(of: source)
    if chart != nil, environments.count > 1 { throw Stop(.chartOfOneEnvironment) }
    var plans: [Plan] = []
    var contradictions: [Diagnostic] = []
    for environment in environments {
      let (configuration, found) = try source.reading(environment)
      plans.append(Plan(configuration, nodes: nodes, outage: outage))
      contradictions += found.filter { !contradictions.contains($0) }
    }
    if !contradictions.isEmpty {
      StandardStream.error.tell(session.text(of: contradictions, coloured: try modelOptions.colour.colours(.error)))
    }
    if let chart { try Self.draw(plans[0], to: chart) }
    if chart != "-" {
      let width = StandardStream.output.width
      switch format {
      case .json: try emit(json(.sequence(plans.map(\.tree))).string)
      case .text where plans.count == 1:
        try emit(PlanReport(plans[0], width: width, isColoured: isColoured).text)
      case .text: try emit(PlanComparison(plans, isColoured: isColoured).text)
      }
    }
    return plans.allSatisfy(\.holds) ? .fine : .findings
  }

  private func environments(of source: ModelSource) throws(Stop) -> [String] {
    let requested = env ?? Variables.text("RESCFG_ENV") ?? "all"
    // A model without environments is the same in each, so that one of any name stands for them.
    if requested == "all", source.declaredEnvironments.isEmpty { return ["default"] }
    return try source.environments(requested)
  }

  private static func outage(_ text: String?) throws(Stop) -> PrometheusDuration? {
    guard let text else { return nil }
    let range = PrometheusDuration(milliseconds: 1000)...PrometheusDuration("365d")
    guard let outage = PrometheusDuration(text), range.contains(outage) else {
      throw Stop(.badNumber("--outage", text, "write a duration from 1s to 365d, such as 6h"))
    }
    return outage
  }

  private static func nodes(_ text: String?) throws(Stop) -> Int? {
    guard let text else { return nil }
    guard let nodes = Int(text), Settings.nodes.info.domain.accepts(.integer(nodes)) else {
      throw Stop(.badNumber("--nodes", text, "write \(Settings.nodes.info.domain.expectation)"))
    }
    return nodes
  }

  private static func draw(_ plan: Plan, to file: String) throws(Stop) {
    let picture = plan.chart.svg()
    if file == "-" { return try emit(picture) }
    do throws(FileError) {
      try replaceFile(file, Array(picture.utf8))
    } catch {
      throw Stop(.fileFailed(error))
    }
  }
}
