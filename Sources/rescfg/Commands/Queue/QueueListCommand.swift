import ArgumentParser
import Document
import Model
import Spool

struct QueueListCommand: QueueSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "List the segments and destinations of a queue.",
    discussion: QueueHelp.list
  )

  @OptionGroup var options: QueueOptions

  @Option(help: "Of the list: text, or json. [RESCFG_FORMAT]")
  var format: QueueFormat?

  func perform() throws(Stop) -> ExitStatus {
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let directory = try options.directory()
    let listing = QueueListing(
      inspection: try options.inspection(directory),
      holder: directory.lockHolder(queueLockName)
    )
    switch format {
    case .text: try emit(listing.text)
    case .json: try emit(json(listing.tree).string)
    }
    return .fine
  }
}

/// The file that an agent locks.
let queueLockName = "LOCK"
