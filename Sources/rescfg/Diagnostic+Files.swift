import JSON
import Model
import Output

/// What is wrong with an output directory.
extension Diagnostic {
  static func outputFailure(_ failure: OutputFailure, in directory: String) -> [Diagnostic] {
    switch failure {
    case .file(let error): [.fileFailed(error)]
    case .manifest(let path, let error): [.brokenManifest(path, error)]
    case .conflicts(let conflicts): conflicts.map { .conflict($0, in: directory) }
    }
  }

  static func fileFailed(_ error: FileError) -> Diagnostic {
    Diagnostic(.error, "file", error.description)
  }

  static func modelExists(_ path: String) -> Diagnostic {
    Diagnostic(
      .error,
      "exists",
      "\(path.shown) is there already",
      help: "name another file, or '-' for standard output"
    )
  }

  static func brokenManifest(_ path: String, _ error: Manifest.ReadingError) -> Diagnostic {
    Diagnostic(
      .error,
      "manifest",
      "this is no manifest of rescfg's: expected \(error.expected)",
      at: Location(file: path, line: error.line, column: error.column),
      help: "restore it, or use --force to write the directory as if it had none"
    )
  }

  static func noSuchDirectory(_ path: String) -> Diagnostic {
    Diagnostic(
      .error,
      "file",
      "there is no directory \(path.shown)",
      help: "'rescfg render --out \(path.shown)' writes one"
    )
  }

  static func conflict(_ conflict: Conflict, in directory: String) -> Diagnostic {
    let base = directory.hasSuffix("/") ? String(directory.dropLast()) : directory
    let path = conflict.path.map { "\(base)/\($0.text)" } ?? directory
    let (code, message, help): (String, String, String) =
      switch conflict.reason {
      case .foreignDirectory:
        (
          "foreign-directory",
          "\(path) has files in it, and rescfg didn't write them: there is no \(Manifest.path.text)",
          "name another directory, or use --force to write into this one"
        )
      case .foreignFile:
        ("foreign-file", "\(path) isn't rescfg's", "move it away, or use --force to replace it")
      case .edited:
        (
          "edited-file", "\(path) was edited since rescfg wrote it",
          "carry the change over to the model, or use --force to lose it"
        )
      case .editedStale:
        (
          "edited-file", "\(path) is no longer rendered, and was edited since rescfg wrote it",
          "use --no-prune to keep it, or --force to remove it"
        )
      case .notAFile:
        ("not-a-file", "\(path) is no plain file", "move it away, or use --force to replace it")
      case .directory: ("directory", "\(path) is a directory where a file goes", "move it away")
      case .notADirectory:
        ("not-a-directory", "\(path) is no directory", "move it away, or use --force to replace it")
      }
    return Diagnostic(.error, code, message, help: help)
  }
}

extension FileError {
  /// A sentence without a full stop.
  var description: String {
    let what =
      switch operation {
      case .open, .read: "can't be read"
      case .write: "can't be written"
      case .list: "can't be listed"
      case .inspect: "can't be looked at"
      case .create, .createDirectory: "can't be made"
      case .rename: "can't be replaced"
      case .remove: "can't be removed"
      case .lock: "can't be locked"
      }
    return "\(path) \(what): \(reason)"
  }
}
