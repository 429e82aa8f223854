/// One line of the agent's log, on standard error.
///
///     time=2026-11-22T19:45:36.123Z level=WARN component=remote_write msg="request failed" remote_name=central
///
/// logfmt, in the order and with the names that Prometheus 3 uses. What the sender says has the component `remote_write`, so that a search for
/// that word finds it.
public struct LogLine: Hashable, Sendable {
  /// How much it matters.
  public enum Level: String, Hashable, Sendable, Comparable {
    case debug = "DEBUG"
    case info = "INFO"
    case warning = "WARN"
    case error = "ERROR"

    private var rank: Int {
      switch self {
      case .debug: 0
      case .info: 1
      case .warning: 2
      case .error: 3
      }
    }

    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
  }

  /// Which part of the agent speaks.
  public enum Component: String, Hashable, Sendable {
    case remoteWrite = "remote_write"
    case receiver, scrape, discovery, spool, detector, sync, server, program
  }

  /// A name and a value.
  public struct Field: Hashable, Sendable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A value that is longer is cut: some come from outside.
  static let valueByteCountMax = 1024

  public let level: Level
  public let component: Component
  /// A fixed text: what varies goes into the fields.
  public let message: String
  public let fields: [Field]

  public init(_ level: Level, _ component: Component, _ message: String, _ fields: [Field] = []) {
    self.level = level
    self.component = component
    self.message = message
    self.fields = fields
  }

  /// The line, with its line break.
  /// - Parameter time: milliseconds since 1970.
  public func written(time: Int64) -> String {
    var text = "time=\(Timestamp(milliseconds: time)) level=\(level.rawValue) component=\(component.rawValue)"
    text += " msg=" + Self.quoted(message)
    for field in fields { text += " " + field.name + "=" + Self.quoted(field.value) }
    return text + "\n"
  }

  /// Bare where nothing in it could be taken for something else.
  private static func quoted(_ value: String) -> String {
    var value = value
    if value.utf8.count > valueByteCountMax {
      // A character that the cut went through shows as U+FFFD.
      value = String(decoding: value.utf8.prefix(valueByteCountMax), as: UTF8.self) + "..."
    }
    let isBare = value.unicodeScalars.allSatisfy { scalar in
      scalar.value > 0x20 && scalar.value < 0x7f && scalar != "=" && scalar != "\"" && scalar != "\\"
    }
    if isBare, !value.isEmpty { return value }
    return JSONValue.string(value).compact
  }
}
