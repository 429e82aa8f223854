import ArgumentParser
import Document
import Model
import Spool

struct QueueVerifyCommand: QueueSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every byte of a queue, and say what is damaged and what it costs.",
    discussion: QueueHelp.verify
  )

  @OptionGroup var options: QueueOptions

  @Option(help: "Of the report: text, or json. [RESCFG_FORMAT]")
  var format: QueueFormat?

  func perform() throws(Stop) -> ExitStatus {
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let inspection = try options.inspection(try options.directory())
    var findings: [Finding] = []
    let totals = inspection.verify { findings.append($0) }
    let report = VerificationReport(findings: findings, totals: totals)
    switch format {
    case .text:
      try emit(report.text)
      StandardStream.error.tell(report.summary(options.dir))
    case .json: try emit(json(report.tree).string)
    }
    return findings.allSatisfy(\.isNote) ? .fine : .findings
  }
}
