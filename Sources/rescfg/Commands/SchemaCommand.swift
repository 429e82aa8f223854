import ArgumentParser
import Artifacts
import Document

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the model's JSON Schema, for editors that complete and check.",
    discussion: HelpText.schema
  )

  func run() throws {
    do throws(OutputClosed) {
      try StandardStream.output.write(json(schema()).string)
    } catch {
      throw error.status
    }
  }
}
