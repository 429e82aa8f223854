import Model
import Output

/// What is wrong with a command line, or with what it was told to read.
extension Diagnostic {
  static func badVariable(_ name: String, _ text: String, _ choices: [String]) -> Diagnostic {
    Diagnostic(.error, "variable", "\(name) can't be '\(text.shown)'", help: "it is \(list(choices)), or unset")
  }

  static func unknownGroup(_ name: String, _ known: [String]) -> Diagnostic {
    Diagnostic(
      .error,
      "unknown-group",
      "there is no group '\(name.shown)' of artifacts",
      help: suggestion(for: name, among: known).map { "did you mean '\($0)'?" } ?? "there are \(list(known))"
    )
  }

  static func environmentMissing(_ known: [String]) -> Diagnostic {
    Diagnostic(
      .error,
      "environment-missing",
      "no environment is named",
      help: known.isEmpty
        ? "add --env with any name: this model is the same in each"
        : "add --env with \(list(Array(known.prefix(20)) + (known.count > 20 ? ["…"] : [])))"
    )
  }

  static func noEnvironments(_ file: String) -> Diagnostic {
    Diagnostic(
      .error,
      "no-environments",
      "\(file) declares no environments, so there are none for 'all'",
      help: "add --env with any name: this model is the same in each"
    )
  }

  static var oneEnvironmentOnly: Diagnostic {
    Diagnostic(.error, "one-environment", "a directory holds one environment, not all", help: "name one with --env")
  }

  static func noSuchSetting(_ name: String) -> Diagnostic {
    let near = suggestion(for: name, among: Settings.all.map(\.path))
    return Diagnostic(
      .error,
      "unknown-setting",
      "there is no setting '\(name.shown)'",
      help: near.map { "did you mean '\($0)'?" } ?? "'rescfg explain' lists every setting"
    )
  }

  static var chartOfOneEnvironment: Diagnostic {
    Diagnostic(.error, "one-environment", "a chart shows one environment", help: "name one with --env")
  }

  static func unreadableModel(_ error: FileError, named name: String) -> Diagnostic {
    Diagnostic(
      .error,
      "unreadable",
      "\(name) can't be read: \(error.reason)",
      help: error.isMissing ? "name the model with --config, or let 'rescfg init' write one" : nil
    )
  }

  static func list(_ words: [String]) -> String {
    words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }
}

/// Flags of `render` that don't fit each other.
extension Diagnostic {
  static var emptyOut: Diagnostic {
    Diagnostic(.error, "out", "--out names no directory", help: "write a path, such as --out out/")
  }

  static var formatOfDirectory: Diagnostic {
    Diagnostic(
      .error,
      "format",
      "--format encodes standard output, and --out writes a directory",
      help: "use one of the two; 'rescfg render --env prod > prod.tar' writes an archive"
    )
  }

  static func placeholderMissing(_ out: String) -> Diagnostic {
    Diagnostic(
      .error,
      "out",
      "all environments can't share the directory \(out.shown)",
      help:
        "write {env} where the environment's name goes, such as --out '\(out.shown.hasSuffix("/") ? out.shown : out.shown + "/"){env}'"
    )
  }

  static var allNeedsDirectory: Diagnostic {
    Diagnostic(
      .error,
      "out",
      "all environments don't fit into one stream",
      help: "add a directory for each, such as --out 'out/{env}'"
    )
  }

  static var checkNeedsDirectory: Diagnostic {
    Diagnostic(.error, "out", "--check has no directory to compare with", help: "name it with --out")
  }

  static var archiveToTerminal: Diagnostic {
    Diagnostic(
      .error,
      "terminal",
      "an archive would only garble the terminal",
      help: "write a directory with --out, or pipe it: rescfg render --env prod | tar -xC out/"
    )
  }

  static func streamCannotHold(_ groups: [String]) -> Diagnostic {
    Diagnostic(
      .error,
      "format",
      "--format yaml is a stream of Kubernetes objects, and can't hold \(list(groups))",
      help: "use --only kubernetes, or --format tar"
    )
  }
}
