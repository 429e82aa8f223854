import Agent
import ArgumentParser
import Model
import Output
import Simulation

struct SimulateCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Rehearse an outage on the agent's own code, on a simulated clock, disk and network.",
    discussion: SimulateHelp.text
  )

  @Option(help: ArgumentHelp("The environment. (default: the model's only one) [RESCFG_ENV]", valueName: "environment"))
  var env: String?

  @Option(help: ArgumentHelp("How long the trouble lasts. (default: survive) [RESCFG_OUTAGE]", valueName: "duration"))
  var outage: String?

  @Option(
    help: ArgumentHelp("What kind it is. (default: single) [RESCFG_PATTERN]", valueName: "pattern"),
    completion: .list(FaultPattern.allCases.map(\.rawValue))
  )
  var pattern: String?

  @Option(
    help: ArgumentHelp("A file of faults, one a line, in place of a pattern. [RESCFG_SCHEDULE]", valueName: "file"),
    completion: .file()
  )
  var schedule: String?

  @Option(help: ArgumentHelp("Nodes of the fleet. (default: load.nodes) [RESCFG_NODES]", valueName: "number"))
  var nodes: Int32?

  @Option(help: ArgumentHelp("Of all random numbers. (default: 1) [RESCFG_SEED]", valueName: "number"))
  var seed: Int32?

  @Option(
    help: ArgumentHelp(
      "What the centre takes, in samples a second. (default: 1000000) [RESCFG_CENTRE_RATE]",
      valueName: "number"
    )
  )
  var centreRate: Int32?

  @Option(
    help: ArgumentHelp(
      "What a sample takes on a node's disk, in thousandths of a byte. (default: 1500) [RESCFG_MILLIBYTES_PER_SAMPLE]",
      valueName: "number"
    )
  )
  var millibytesPerSample: Int32?

  @Option(
    help: ArgumentHelp(
      "Nodes that are simulated at most; each stands for as many as it takes. (default: 24) [RESCFG_SIMULATED_NODES]",
      valueName: "number"
    )
  )
  var simulatedNodes: Int32?

  @Option(
    help: ArgumentHelp("How long all is well before and after. (default: 10m) [RESCFG_LEAD]", valueName: "duration")
  )
  var lead: String?

  @Option(
    help: ArgumentHelp(
      "Years of nodes to simulate, in random fleets with random faults, in place of the model's outage. [RESCFG_YEARS]",
      valueName: "number"
    )
  )
  var years: Int32?

  @Option(
    name: .customLong("assert"),
    help: ArgumentHelp("What it must come to, such as 'loss==0'. May be given several times.", valueName: "condition")
  )
  var assertions: [String] = []

  @Option(help: "Of the result: text, or json. [RESCFG_FORMAT]")
  var format: SimulateFormat?

  @Option(
    help: ArgumentHelp(
      "A file for the report: .html for a page, .svg for the chart. [RESCFG_REPORT]",
      valueName: "file"
    ),
    completion: .file(extensions: ["html", "svg"])
  )
  var report: String?

  @OptionGroup var modelOptions: ModelOptions

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    growHeapsInLargeSteps()
    let namedYears = try Variables.number("RESCFG_YEARS")
    if let years = years ?? namedYears { return try campaign(years) }
    let source = try session.model(modelOptions)
    let environment = try source.runEnvironment(env ?? Variables.text("RESCFG_ENV"))
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let model = try source.configuration(environment)
    let options = try options(model)
    let isPrometheusAlone = !model[Settings.collector].hasDurableQueue
    if isPrometheusAlone, let fault = PrometheusFleet.unmodelled(options.faults) {
      throw Stop(.notModelled(fault, model))
    }
    let place = try reportPlace()
    // Before anything runs: a slip of the pen is told at once.
    var conditions: [Assertion] = []
    for text in assertions {
      do throws(Assertion.Malformed) { conditions.append(try Assertion(text)) } catch {
        throw Stop(.badAssertion(text, error))
      }
    }
    var progress = ProgressBar("simulated")
    let result: SimulationResult
    if isPrometheusAlone {
      var fleet = PrometheusFleet(options)
      result = fleet.run { progress.show($0) }
    } else {
      let simulation: Simulation
      do throws(Diagnostics) { simulation = try Simulation(options) } catch { throw .diagnostics(error.all) }
      result = simulation.run { progress.show($0) }
    }
    progress.end()
    try write(result, to: place)
    switch format {
    case .text:
      let isColoured = try modelOptions.colour.colours(.output)
      try emit(
        result.text(width: StandardStream.output.isTerminal ? StandardStream.output.width : 80, isColoured: isColoured)
      )
    case .json: try emit(result.json.indented)
    }
    return judge(result, conditions)
  }

  private func judge(_ result: SimulationResult, _ conditions: [Assertion]) -> ExitStatus {
    let values = result.values
    var isKept = result.violations.isEmpty
    for condition in conditions where !condition.holds(values) {
      isKept = false
      StandardStream.error.tell("failed: \(condition.explanation(values))\n")
    }
    if !result.violations.isEmpty {
      StandardStream.error.tell("failed: \(result.violations.count) violations of what must never be\n")
    }
    return isKept ? .fine : .findings
  }
}

/// How the result is printed.
enum SimulateFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}
