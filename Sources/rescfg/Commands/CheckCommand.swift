import ArgumentParser
import Artifacts
import Document
import Model

/// How `check` prints what it finds.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, sarif, github
}

struct CheckCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say everything that is wrong with a model, in one run.",
    discussion: HelpText.check
  )

  @Option(help: ArgumentHelp("The environment. (default: all) [RESCFG_ENV]", valueName: "environment"))
  var env: String?

  @Option(help: "Of the report: text, json, sarif for code scanning, or github for annotations. [RESCFG_FORMAT]")
  var format: ReportFormat?

  @Flag(help: "Exit with 0 where findings would make it 1. [RESCFG_EXIT_ZERO]")
  var exitZero = false

  @OptionGroup var modelOptions: ModelOptions

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let isLenient = try Variables.isOn(exitZero, or: "RESCFG_EXIT_ZERO")
    let examination: ModelSource.Examination
    do throws(Stop) {
      let source = try session.model(modelOptions)
      examination = source.examine(try environments(of: source))
    } catch {
      guard format != .text, case .diagnostics(let diagnostics) = error else { throw error }
      examination = ModelSource.Examination(findings: diagnostics, isReadable: false, isUsable: false)
    }
    try report(examination, as: format, session)
    if !examination.isReadable { return .failure }
    if format == .text, examination.findings.isEmpty {
      StandardStream.error.tell("\(modelOptions.file): nothing found\n")
    }
    let isClean = examination.findings.allSatisfy { $0.severity == .note }
    return isClean || isLenient ? .fine : .findings
  }

  private func environments(of source: ModelSource) throws(Stop) -> [String] {
    let requested = env ?? Variables.text("RESCFG_ENV") ?? "all"
    // A model without environments is the same in each, so that one of any name stands for them.
    if requested == "all", source.declaredEnvironments.isEmpty { return ["default"] }
    return try source.environments(requested)
  }

  private func report(
    _ examination: ModelSource.Examination,
    as format: ReportFormat,
    _ session: Session
  ) throws(Stop) {
    switch format {
    case .json: try emit(json(jsonReport(examination.findings)).string)
    case .sarif: try emit(json(sarifReport(examination.findings)).string)
    case .github: try emit(gitHubReport(examination.findings))
    case .text:
      // What can't be read is an error and no report.
      if !examination.isReadable { throw .diagnostics(examination.findings) }
      let isColoured = try modelOptions.colour.colours(.output)
      try emit(session.text(of: examination.findings, coloured: isColoured))
    }
  }
}
