import ArgumentParser

/// What runs the model that the other commands render.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a part of the pipeline that the model describes.",
    subcommands: [RunAgentCommand.self, RunDetectorCommand.self, RunSyncCommand.self]
  )
}
