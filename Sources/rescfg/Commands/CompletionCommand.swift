import ArgumentParser

struct CompletionCommand: ParsableCommand {
  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish
  }

  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print a completion script for a shell.",
    discussion: HelpText.completion
  )

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run() throws {
    let script =
      switch shell {
      case .bash: Rescfg.completionScript(for: .bash)
      case .zsh: Rescfg.completionScript(for: .zsh)
      case .fish: Rescfg.completionScript(for: .fish)
      }
    do throws(OutputClosed) {
      try StandardStream.output.write(script + "\n")
    } catch {
      throw error.status
    }
  }
}
