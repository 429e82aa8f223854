import Document
import Model

/// What `--out` names.
enum OutputPlace {
  case stream
  case directory(DirectoryPattern)

  init(_ out: String?) throws(Stop) {
    switch out {
    case nil, "-": self = .stream
    case "": throw Stop(.emptyOut)
    case let text?: self = .directory(DirectoryPattern(text: text))
    }
  }
}

/// A directory's path, which may differ by environment.
struct DirectoryPattern {
  static let placeholder = "{env}"

  let text: String

  var hasPlaceholder: Bool { text.contains(Self.placeholder) }

  /// - Parameter environment: a name of an environment, which has no `/` and isn't `..`: the loader sees to that.
  func path(for environment: String) -> String { replacing(Self.placeholder, in: text, with: environment) }
}
