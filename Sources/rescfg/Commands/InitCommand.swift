import ArgumentParser
import Artifacts
import Model
import Output

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented model to begin with.",
    discussion: HelpText.initial
  )

  @Argument(
    help: ArgumentHelp("The file to write; - is standard output. (default: rescfg.yaml) [RESCFG_CONFIG]"),
    completion: .file(extensions: ["yaml", "yml"])
  )
  var file: String?

  @OptionGroup var colour: ColourOptions

  func run() throws {
    let file = file ?? Variables.text("RESCFG_CONFIG") ?? "rescfg.yaml"
    do throws(Stop) {
      if file == "-" {
        try emit(initialModel())
        return
      }
      try create(file)
      StandardStream.error.tell(
        "wrote \(file); 'rescfg check' says what is missing, 'rescfg render' what comes of it\n"
      )
    } catch {
      throw Session().report(error, colour)
    }
  }

  private func create(_ file: String) throws(Stop) {
    do throws(FileError) {
      try createFile(file, Array(initialModel().utf8))
    } catch {
      throw Stop(error.isExisting ? .modelExists(file) : .fileFailed(error))
    }
  }
}
