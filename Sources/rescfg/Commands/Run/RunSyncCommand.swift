import ArgumentParser
import Document
import Model
import Runtime

struct RunSyncCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Have every agent compare itself with the centre and refill what is missing there.",
    discussion: HelpText.runSync
  )

  @Option(help: ArgumentHelp("The environment. (default: the model's only one) [RESCFG_ENV]", valueName: "environment"))
  var env: String?

  @Option(
    help: ArgumentHelp(
      "The agents, separated by commas. (default: those of the service prometheus-agent, port 9090) [RESCFG_AGENTS]",
      valueName: "host:port,..."
    )
  )
  var agents: String?

  @Option(
    help: ArgumentHelp(
      "Seconds that all of it may take. (default: four fifths of metrics_sync_interval) [RESCFG_TIMEOUT]",
      valueName: "seconds"
    )
  )
  var timeout: Int32?

  @Option(
    help: ArgumentHelp(
      "Agents that compare themselves at the same time. (default: 16) [RESCFG_CONCURRENCY]",
      valueName: "number"
    )
  )
  var concurrency: Int32?

  @Flag(help: "Ask each agent once, also where that leaves something for its next check. [RESCFG_ONCE]")
  var once = false

  @Option(help: "The report: text or json. [RESCFG_FORMAT]")
  var format: QueueFormat?

  @OptionGroup var modelOptions: ModelOptions

  private static let concurrencyMax: Int32 = 1000

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    let source = try session.model(modelOptions)
    let environment = try source.runEnvironment(env ?? Variables.text("RESCFG_ENV"))
    let configuration = try source.configuration(environment)
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let timeoutVariable = try Variables.number("RESCFG_TIMEOUT")
    let concurrencyVariable = try Variables.number("RESCFG_CONCURRENCY")
    let seconds = try Self.positive("--timeout", timeout ?? timeoutVariable, max: 86_400)
    let atOnce = try Self.positive(
      "--concurrency",
      concurrency ?? concurrencyVariable,
      max: Self.concurrencyMax
    )
    let line = SyncProgressLine()
    let options = FleetOptions(
      model: configuration,
      agents: (agents ?? Variables.text("RESCFG_AGENTS") ?? "").split(separator: ",").map(String.init),
      timeoutMilliseconds: Int64(seconds ?? Int32(configuration[Settings.syncInterval] * 48)) * 1000,
      concurrency: Int(atOnce ?? 16),
      isOneRound: try Variables.isOn(once, or: "RESCFG_ONCE"),
      toolVersion: toolVersion,
      progress: { line.show($0) }
    )
    let report: FleetReport
    do throws(Diagnostics) { report = try FleetSync(options).run() } catch { throw .diagnostics(error.all) }
    line.end()
    switch format {
    case .text: try emit(report.text)
    case .json: try emit(json(report.tree).string)
    }
    if report.hasFailures { return .failure }
    return report.isComplete && report.omittedAgentCount == 0 ? .fine : .findings
  }

  private static func positive(_ flag: String, _ number: Int32?, max: Int32) throws(Stop) -> Int32? {
    guard let number else { return nil }
    guard (1...max).contains(number) else {
      throw Stop(.badNumber(flag, "\(number)", "it is a whole number from 1 to \(max)"))
    }
    return number
  }
}

/// How far it is, on a terminal's standard error, rewritten in place.
struct SyncProgressLine: Sendable {
  private let isShown = StandardStream.error.isTerminal

  func show(_ progress: FleetProgress) {
    guard isShown else { return }
    let refilling = progress.refillingCount > 0 ? ", \(progress.refillingCount) refilling" : ""
    let count = "\(progress.endedCount)/\(progress.agentCount) agents\(refilling)"
    StandardStream.error.tell("\r\u{1b}[K\(count), \(progress.replayedSamples) samples sent again")
  }

  func end() { if isShown { StandardStream.error.tell("\n") } }
}
