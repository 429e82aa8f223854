import Agent
import ArgumentParser
import Model
import Spool

/// The commands that look into a spool directory, or put it right.
struct QueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue",
    abstract: "List, check, repair, export or send what an agent's queue holds.",
    discussion: QueueHelp.group,
    subcommands: [
      QueueListCommand.self, QueueVerifyCommand.self, QueueRepairCommand.self, QueueExportCommand.self,
      QueueReplayCommand.self,
    ]
  )

  func run() throws { throw ValidationError("name a command") }
}

/// One of them: a directory, a report, an exit status.
protocol QueueSubcommand: ParsableCommand {
  var options: QueueOptions { get }
  func perform() throws(Stop) -> ExitStatus
}

extension QueueSubcommand {
  mutating func run() throws {
    let status: ExitStatus
    do throws(Stop) {
      status = try perform()
    } catch {
      status = Session().report(error, options.colour)
    }
    if status != .fine { throw status }
  }
}

/// How a report is spelled.
enum QueueFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

struct QueueOptions: ParsableArguments {
  @Argument(help: "The queue: the directory that an agent keeps it in.", completion: .directory)
  var dir: String

  @OptionGroup var colour: ColourOptions

  /// The directory, which is never made by looking at it.
  func directory() throws(Stop) -> LocalFileSystem {
    do throws(FileError) { return try LocalFileSystem(existing: dir) } catch {
      throw Stop(.queueUnreadable(error, dir))
    }
  }

  func inspection(_ directory: LocalFileSystem) throws(Stop) -> SpoolInspection {
    do throws(FileError) { return try SpoolInspection(directory) } catch {
      throw Stop(.queueUnreadable(error, dir))
    }
  }
}

/// Which of the samples.
struct QueueSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only series like this, such as 'up{job=\"node\"}'; may be given more than once. [RESCFG_MATCH]",
      valueName: "selector"
    )
  )
  var match: [String] = []

  @Option(
    help: ArgumentHelp("Only what this destination hasn't settled. [RESCFG_DESTINATION]", valueName: "name")
  )
  var destination: String?

  func selectors() throws(Stop) -> [SeriesSelection] {
    let texts = match.isEmpty ? Variables.text("RESCFG_MATCH").map { [$0] } ?? [] : match
    return try texts.map { text throws(Stop) in
      do throws(SelectionFailure) {
        let selector = try SelectionParser.parse(text)
        if selector.range != nil { throw .malformed("the time is said by --from and --to", column: 1) }
        return selector
      } catch {
        throw Stop(.badSelector(text, error))
      }
    }
  }

  func destination(_ inspection: SpoolInspection, _ directory: String) throws(Stop) -> DestinationSummary? {
    guard let name = destination ?? Variables.text("RESCFG_DESTINATION") else { return nil }
    guard let found = inspection.destinations.first(where: { $0.name == name }) else {
      throw Stop(.noSuchDestination(name, inspection.destinations.map(\.name), directory))
    }
    return found
  }
}
