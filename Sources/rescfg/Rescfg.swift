import ArgumentParser
import Glibc

@main struct Rescfg: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rescfg",
    abstract: "Compile one model of how metrics survive network partitions into every artifact that must agree on it.",
    discussion: HelpText.root,
    version: toolVersion,
    subcommands: [
      RenderCommand.self, CheckCommand.self, DiffCommand.self, ExplainCommand.self, PlanCommand.self,
      SimulateCommand.self, SchemaCommand.self, InitCommand.self, RunCommand.self, QueueCommand.self,
      DrillCommand.self, CompletionCommand.self,
    ]
  )

  static func main() {
    StandardStream.prepare()
    Glibc.exit(status(of: Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  /// Runs one command line. Unlike the parser's own `main`, a wrong usage exits with 2, as diff(1) does.
  private static func status(of arguments: [String]) -> ExitStatus {
    do {
      var command = try parsed(arguments)
      if command is Rescfg { throw ValidationError("name a command") }
      try command.run()
      return .fine
    } catch let status as ExitStatus {
      return status
    } catch {
      let isAnswer = exitCode(for: error).isSuccess
      let message = fullMessage(for: error) + "\n"
      guard isAnswer else {
        StandardStream.error.tell(message)
        return .failure
      }
      do throws(OutputClosed) {
        try StandardStream.output.write(message)
        return .fine
      } catch {
        return error.status
      }
    }
  }

  /// The command that the arguments name. The parser finds flags by reflection, on all commands from the root down: a
  /// command that is named first is asked alone. Whatever it doesn't take as its own is the root's to answer or explain.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    let named = configuration.subcommands.first {
      $0.configuration.commandName == arguments.first && $0.configuration.subcommands.isEmpty
    }
    if let named {
      do { return try named.parseAsRoot(Array(arguments.dropFirst())) } catch {}
    }
    return try parseAsRoot(arguments)
  }
}
