import ArgumentParser
import Artifacts
import Model

/// A command that reads a model. What it throws as diagnostics is printed with the lines of the model they are about.
protocol ModelCommand: ParsableCommand {
  var modelOptions: ModelOptions { get }

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus
}

extension ModelCommand {
  mutating func run() throws {
    var session = Session()
    let status: ExitStatus
    do throws(Stop) {
      status = try perform(&session)
    } catch {
      status = session.report(error, modelOptions.colour)
    }
    if status != .fine { throw status }
  }
}

/// What a command has read so far, for quoting it.
struct Session {
  private var sources: [String: [UInt8]] = [:]

  /// Reads the model.
  mutating func model(_ options: ModelOptions) throws(Stop) -> ModelSource {
    let (name, bytes) = try ModelSource.bytes(options.file)
    sources[name] = bytes
    return try ModelSource(name: name, bytes: bytes)
  }

  func text(of diagnostics: [Diagnostic], coloured: Bool) -> String {
    TerminalReport(sources: sources, isColoured: coloured).text(of: diagnostics)
  }

  /// Ends the command with everything found if the model can't be rendered; otherwise says what there is to say.
  func requireUsable(
    _ examination: ModelSource.Examination,
    quietly: Bool,
    _ colour: ColourOptions
  ) throws(Stop) {
    if !examination.isUsable { throw .diagnostics(examination.findings) }
    if quietly || examination.findings.isEmpty { return }
    StandardStream.error.tell(text(of: examination.findings, coloured: try colour.colours(.error)))
  }

  func report(_ stop: Stop, _ colour: ColourOptions) -> ExitStatus {
    switch stop {
    case .outputClosed(let closed): return closed.status
    case .diagnostics(let diagnostics):
      var isColoured = false
      do throws(Stop) { isColoured = try colour.colours(.error) } catch {}
      StandardStream.error.tell(text(of: diagnostics, coloured: isColoured))
      return .failure
    }
  }
}

/// Writes data.
func emit(_ bytes: [UInt8]) throws(Stop) {
  do throws(OutputClosed) { try StandardStream.output.write(bytes) } catch { throw .outputClosed(error) }
}

func emit(_ text: String) throws(Stop) { try emit(Array(text.utf8)) }
