import ArgumentParser

@main struct Rescfg: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rescfg")
}
