/// One thing to tell the person who wrote the model: what is wrong, where, and what to do.
///
/// Texts are made in one file per module (`Diagnostic+….swift`), each by a named function, so that wording is reviewed in
/// one place and tested by name.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    case error, warning, note
  }

  public var severity: Severity
  /// A stable name for scripts and for `--format json|sarif`, such as `unknown-setting`.
  public var code: String
  /// Where; `nil` only where no file is to blame (a flag, an output directory).
  public var location: Location?
  /// What is wrong, one sentence without a full stop.
  public var message: String
  /// What to do about it, one sentence without a full stop.
  public var help: String?
  /// Other places that have to do with it, such as the first of two equal keys.
  public var related: [Related]
  /// What mends it, each alone, the one that asks least first; empty where only a person can know.
  public var changes: [Change]
  /// Whether a report may show the line: not where it holds a secret.
  public private(set) var showsSource = true

  var withoutSource: Diagnostic {
    var copy = self
    copy.showsSource = false
    return copy
  }

  public struct Related: Hashable, Sendable {
    public var location: Location
    public var message: String

    public init(_ message: String, at location: Location) {
      self.location = location
      self.message = message
    }
  }

  public init(
    _ severity: Severity,
    _ code: String,
    _ message: String,
    at location: Location? = nil,
    help: String? = nil,
    related: [Related] = [],
    changes: [Change] = []
  ) {
    self.severity = severity
    self.code = code
    self.location = location
    self.message = message
    self.help = help
    self.related = related
    self.changes = changes
  }
}

/// What stops a command: every problem found, in the order of the file.
public struct Diagnostics: Error, Hashable, Sendable {
  public var all: [Diagnostic]

  public init(_ all: [Diagnostic]) { self.all = all }
}

extension Sequence where Element == Diagnostic {
  /// By place, those without one first; equal places keep their order.
  public func sortedByLocation() -> [Diagnostic] {
    enumerated().sorted { left, right in
      switch (left.element.location, right.element.location) {
      case (nil, nil): left.offset < right.offset
      case (nil, _): true
      case (_, nil): false
      case (let first?, let second?): first == second ? left.offset < right.offset : first < second
      }
    }.map(\.element)
  }
}
