import ArgumentParser
import Model

struct DrillPartitionCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "partition",
    abstract: "Cut the agent's own path to its centre for a time, and watch detection, collection and recovery.",
    discussion: HelpText.drillPartition
  )

  @Option(help: ArgumentHelp("The environment. (default: the model's only one) [RESCFG_ENV]", valueName: "environment"))
  var env: String?

  @Option(help: ArgumentHelp("How long, up to 1h. (default: 2m) [RESCFG_DURATION]", valueName: "duration"))
  var duration: String?

  @Option(
    help: ArgumentHelp(
      "The agent's loopback listener (its --receive). (default: 127.0.0.1:9095) [RESCFG_AGENT]",
      valueName: "address"
    )
  )
  var agent: String?

  @Option(help: ArgumentHelp("text or json. (default: text) [RESCFG_FORMAT]"))
  var format: DrillFormat?

  @OptionGroup var modelOptions: ModelOptions

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    let source = try session.model(modelOptions)
    let environment = try source.runEnvironment(env ?? Variables.text("RESCFG_ENV"))
    let model = try source.configuration(environment)
    let written = duration ?? Variables.text("RESCFG_DURATION") ?? "2m"
    guard let length = PrometheusDuration(written), (1000...3_600_000).contains(length.milliseconds) else {
      throw Stop(.badVariable("--duration", written, ["1s to 1h"]))
    }
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let address = agent ?? Variables.text("RESCFG_AGENT") ?? "127.0.0.1:9095"
    var observer = DrillObserver(DrillPlan(model, seconds: Int64(length.milliseconds) / 1000), address: address)
    let report = try observer.run()
    try emit(format == .json ? report.json : report.text)
    return report.hasHeld ? .fine : .findings
  }
}

/// How the report is written.
enum DrillFormat: String, CaseIterable, ExpressibleByArgument { case text, json }
