import ArgumentParser
import Document
import Model
import Samples
import Spool

struct QueueReplayCommand: QueueSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Send what a queue holds to a remote-write receiver, sent before or not.",
    discussion: QueueHelp.replay
  )

  @OptionGroup var options: QueueOptions

  @Option(
    help: ArgumentHelp(
      "The receiver's address, such as http://127.0.0.1:9090/api/v1/write. [RESCFG_TO]",
      valueName: "url"
    )
  )
  var to: String?

  @Option(
    help: ArgumentHelp("No samples before this time: RFC 3339, or seconds since 1970. [RESCFG_FROM]", valueName: "time")
  )
  var from: String?

  @Option(help: ArgumentHelp("No samples after this time. [RESCFG_UNTIL]", valueName: "time"))
  var until: String?

  @OptionGroup var selection: QueueSelection

  @Option(
    help: ArgumentHelp("At most so many samples a second. (default: no limit) [RESCFG_RATE]", valueName: "samples")
  )
  var rate: String?

  @Option(help: ArgumentHelp("Samples in a request. (default: 2000) [RESCFG_BATCH]", valueName: "samples"))
  var batch: String?

  @Option(
    help: ArgumentHelp(
      "Tries of one request while the receiver fails. (default: 10) [RESCFG_TRIES]",
      valueName: "number"
    )
  )
  var tries: String?

  @Option(
    help: ArgumentHelp("A file with a bearer token for the receiver. [RESCFG_BEARER_TOKEN_FILE]", valueName: "file"),
    completion: .file()
  )
  var bearerTokenFile: String?

  @Option(help: "Of the summary: text on standard error, or json on standard output. [RESCFG_FORMAT]")
  var format: QueueFormat?

  func perform() throws(Stop) -> ExitStatus {
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let plan = try plan()
    let range = try Stop.timeRange(
      from: from ?? Variables.text("RESCFG_FROM"),
      until: until ?? Variables.text("RESCFG_UNTIL"),
      "--until"
    )
    let selectors = try selection.selectors()
    let inspection = try options.inspection(try options.directory())
    let destination = try selection.destination(inspection, options.dir)
    var walk = SpoolWalk(inspection, timeRange: range, destination: destination)
    var replay = Replay(plan, timeRange: range, filter: SeriesFilter(selectors))
    let outcome = replay.run(&walk)
    switch format {
    case .text: StandardStream.error.tell(outcome.text)
    case .json: try emit(json(outcome.tree).string)
    }
    if outcome.failure != nil { return .failure }
    return outcome.rejected == 0 && outcome.unreadable == 0 ? .fine : .findings
  }

  private func plan() throws(Stop) -> Replay.Plan {
    let url = to ?? Variables.text("RESCFG_TO") ?? ""
    guard url.hasPrefix("http://") || url.hasPrefix("https://") else { throw Stop(.badURL(url)) }
    var plan = Replay.Plan(url: url)
    if let rate = rate ?? Variables.text("RESCFG_RATE") {
      plan.samplesPerSecond = try Self.number("--rate", rate, 1...1_000_000_000)
    }
    if let batch = batch ?? Variables.text("RESCFG_BATCH") {
      plan.samplesPerRequest = try Self.number("--batch", batch, 1...100_000)
    }
    if let tries = tries ?? Variables.text("RESCFG_TRIES") {
      plan.triesMax = try Self.number("--tries", tries, 1...1_000_000)
    }
    if let path = bearerTokenFile ?? Variables.text("RESCFG_BEARER_TOKEN_FILE") {
      plan.token = try TokenFile.read(path)
    }
    return plan
  }

  private static func number(_ flag: String, _ text: String, _ range: ClosedRange<Int>) throws(Stop) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw Stop(.badNumber(flag, text, "it is a whole number from \(range.lowerBound) to \(range.upperBound)"))
    }
    return number
  }
}
