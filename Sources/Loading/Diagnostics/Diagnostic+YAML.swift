import Model

/// What makes a file no model before anything in it is understood.
extension Diagnostic {
  static func tooLarge(_ size: Int, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "file-too-large",
      "the file has \(size) bytes; a model has at most \(SourceText.maximumSize)",
      at: location,
      help: "name the model's own file, or leave to Prometheus' file_sd_configs what is a long list of targets"
    )
  }

  static func notUTF8(at location: Location) -> Diagnostic {
    Diagnostic(.error, "not-utf8", "the file isn't UTF-8 here", at: location, help: "save it as UTF-8")
  }

  static func binary(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "binary-file",
      "the file has a NUL byte here: it is no text",
      at: location,
      help: "name the model's YAML file"
    )
  }

  static func controlCharacter(_ scalar: Unicode.Scalar, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "control-character",
      "the character \(scalar.codePoint) can't stand in YAML as it is",
      at: location,
      help:
        "delete it, or write it as an escape between double quotes, such as \"\\u\(scalar.codePoint.dropFirst(2).lowercased())\""
    )
  }

  static func noDocument(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "empty-file",
      "the file holds no model",
      at: location,
      help: "begin with 'version: 1', or let 'rescfg init' write one"
    )
  }

  static func secondDocument(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "several-documents",
      "a second YAML document begins here; a model is one",
      at: location,
      help: "delete the line '---', or put what differs under 'environments'"
    )
  }

  /// Terraform would change it, and then the module's objects and the manifests were not the same.
  static func notInNormalForm(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "not-normalized",
      "this text has a letter and its accent as two characters, which Terraform makes one of",
      at: location,
      help: "write it in Unicode's normal form C, as keyboards do"
    )
  }

  static func anchor(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "anchor",
      "a model has no anchors (&name)",
      at: location,
      help: "write shared values once at the top: environments only hold what differs"
    )
  }

  static func alias(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "alias",
      "a model has no aliases (*name)",
      at: location,
      help: "write the value itself; text that begins with '*' needs quotes"
    )
  }

  static func tag(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "tag",
      "a model has no tags (!name): each setting's type is known",
      at: location,
      help: "delete the tag; text that begins with '!' needs quotes"
    )
  }

  static func mergeKey(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "merge-key",
      "a model has no merge keys (<<)",
      at: location,
      help: "write shared values once at the top: environments only hold what differs"
    )
  }

  static func keyIsNoText(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "key-not-text",
      "a key must be one word, not a list or mapping",
      at: location,
      help: "write 'key: value'; text that begins with '{' or '[' needs quotes"
    )
  }

  static func duplicateKey(_ key: String, at location: Location, first: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "duplicate-key",
      "'\(key.shown)' is here a second time",
      at: location,
      help: "keep one of the two",
      related: [Related("it is here first", at: first)]
    )
  }

  static func tooDeep(_ limit: Int, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "too-deep",
      "this is nested more than \(limit) levels deep",
      at: location,
      help: "a model needs no more than about ten: look for a bracket that is never closed"
    )
  }

  static func tabIndentation(at location: Location) -> Diagnostic {
    Diagnostic(.error, "tab", "YAML doesn't indent with tabs", at: location, help: "use spaces")
  }

  static func cannotBeginValue(_ character: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "yaml-syntax",
      "a value can't begin with '\(character)'",
      at: location,
      help: "put the value into quotes"
    )
  }

  static func misplacedColon(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "yaml-syntax",
      "a second ':' makes this line ambiguous",
      at: location,
      help: "put a value that contains ': ' into quotes; a nested mapping begins on a line of its own"
    )
  }

  static func missingColon(at location: Location) -> Diagnostic {
    Diagnostic(.error, "yaml-syntax", "this key has no ':' after it", at: location, help: "write 'key: value'")
  }

  static func indentation(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "yaml-syntax",
      "this line doesn't continue what is above it",
      at: location,
      help: "indent it like its neighbours, and give each key its ':'"
    )
  }

  static func notClosed(_ what: String, _ bracket: String, at location: Location, opening: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "yaml-syntax",
      "here ',' or '\(bracket)' is missing",
      at: location,
      help: "close the \(what), or put text with brackets into quotes",
      related: [Related("the \(what) begins here", at: opening)]
    )
  }

  static func quoteNotClosed(at location: Location) -> Diagnostic {
    Diagnostic(.error, "yaml-syntax", "this quote is never closed", at: location, help: "close it on the same line")
  }

  static func unknownEscape(at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "yaml-syntax",
      "YAML has no such escape",
      at: location,
      help: "write '\\\\' for a backslash, or use single quotes, which know no escapes"
    )
  }

  static func syntax(_ problem: String, at location: Location) -> Diagnostic {
    Diagnostic(
      .error,
      "yaml-syntax",
      "this is no YAML: \(problem)",
      at: location,
      help: "mend the line or the one above"
    )
  }

  static func stopped(at location: Location) -> Diagnostic {
    Diagnostic(
      .note,
      moreProblemsCode,
      "what follows wasn't read, with \(Findings.limit) problems before it",
      at: location,
      help: "mend these first"
    )
  }

  static let moreProblemsCode = "more-problems"

  static func moreProblems(_ count: Int, at location: Location) -> Diagnostic {
    Diagnostic(
      .note,
      moreProblemsCode,
      "\(count) more \(count == 1 ? "problem isn't" : "problems aren't") shown",
      at: location,
      help: "mend these first"
    )
  }
}
