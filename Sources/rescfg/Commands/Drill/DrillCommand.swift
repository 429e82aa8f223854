import ArgumentParser

/// What rehearses a failure.
struct DrillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill",
    abstract: "Rehearse a failure on a running agent, and say whether everything held.",
    subcommands: [DrillPartitionCommand.self]
  )
}
