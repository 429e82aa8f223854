import ArgumentParser
import Model
import Samples
import Spool

struct QueueExportCommand: QueueSubcommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case json, openmetrics
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print the samples of a queue, sent or not.",
    discussion: QueueHelp.export
  )

  @OptionGroup var options: QueueOptions

  @Option(help: "Of the samples: json, an object a line, or openmetrics. (default: json) [RESCFG_FORMAT]")
  var format: Format?

  @Option(
    help: ArgumentHelp("No samples before this time: RFC 3339, or seconds since 1970. [RESCFG_FROM]", valueName: "time")
  )
  var from: String?

  @Option(
    name: [.long, .customLong("until")],
    help: ArgumentHelp("No samples after this time; --until is the same. [RESCFG_TO]", valueName: "time")
  )
  var to: String?

  @OptionGroup var selection: QueueSelection

  func perform() throws(Stop) -> ExitStatus {
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .json
    let range = try Stop.timeRange(
      from: from ?? Variables.text("RESCFG_FROM"),
      until: to ?? Variables.text("RESCFG_TO"),
      "--to"
    )
    let selectors = try selection.selectors()
    let inspection = try options.inspection(try options.directory())
    let destination = try selection.destination(inspection, options.dir)
    var walk = SpoolWalk(inspection, timeRange: range, destination: destination)
    var writer = SampleWriter(format: format, timeRange: range, filter: SeriesFilter(selectors))
    var record = DecodedRecord()
    var lost: UInt64 = 0
    while let step = walk.next(into: &record) {
      switch step {
      case .record: try writer.write(record, walk.decoder.dictionary, segment: walk.segmentCount)
      case .lost(let samples): lost += samples
      }
    }
    try writer.end()
    if lost == 0 { return .fine }
    StandardStream.error.tell(
      "\(options.dir): \(lost) samples can't be read; 'rescfg queue verify' says which\n"
    )
    return .findings
  }
}
