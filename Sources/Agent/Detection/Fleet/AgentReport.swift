public import JSON
public import Model

/// What an agent says of itself at `/api/v1/status` (docs/formats/status.md), as far as the detector wants to know. What is about
/// targets and errors is read over: nothing of it can get into an event.
public struct AgentReport: Hashable, Sendable {
  public var node = ""
  /// Of its worst path.
  public var state = PartitionState.connected
  /// The queue of that path.
  public var remoteName = ""
  /// Of all queues.
  public var queuedSamples: UInt64 = 0
  /// The oldest of all queues, in milliseconds; nothing where all is sent.
  public var oldestUnsentAge: Int64?

  public init() {}

  /// Names from outside are cut: 253 bytes are the most that a node's name can have (RFC 1123).
  private static let nameByteCountMax = 253

  /// Reads a status. Members that it doesn't know are skipped.
  public init(reading bytes: [UInt8]) throws(JSONError) {
    var reader = try JSONReader(bytes, limits: JSONReader.Limits(byteCountMax: bytes.count, depthMax: 16))
    var report = AgentReport()
    var hasQueues = false
    try reader.object { reader, key throws(JSONError) in
      switch key {
      case "node": report.node = Self.cut(try reader.string())
      case "queues":
        hasQueues = true
        try reader.array { reader throws(JSONError) in try report.addQueue(&reader) }
      default: try reader.skip()
      }
    }
    try reader.end()
    if !hasQueues { throw reader.error("queues") }
    self = report
  }

  private mutating func addQueue(_ reader: inout JSONReader) throws(JSONError) {
    var name = ""
    var state = PartitionState.connected
    try reader.object { reader, key throws(JSONError) in
      switch key {
      case "name": name = Self.cut(try reader.string())
      case "path" where try reader.peek() == .object:
        try reader.object { reader, key throws(JSONError) in
          guard key == "state" else { return try reader.skip() }
          guard let known = PartitionState(rawValue: try reader.string()) else { throw reader.error("a state") }
          state = known
        }
      case "queued_samples": queuedSamples &+= UInt64(clamping: try reader.integer())
      case "oldest_unsent_age_seconds" where try reader.peek() == .number:
        let age = try reader.double() * 1000
        oldestUnsentAge = max(oldestUnsentAge ?? 0, age > 0 && age < 9e15 ? Int64(age) : 0)
      default: try reader.skip()
      }
    }
    if remoteName.isEmpty || state.severity > self.state.severity {
      self.state = state
      remoteName = name
    }
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count <= nameByteCountMax ? text : String(decoding: text.utf8.prefix(nameByteCountMax), as: UTF8.self)
  }
}

extension PartitionState {
  /// How bad it is, for the worst of several.
  var severity: Int {
    switch self {
    case .connected: 0
    case .recovering: 1
    case .suspect: 2
    case .partitioned: 3
    }
  }
}

extension AgentStateLabel {
  /// As an agent says of its own path.
  init(_ state: PartitionState) {
    switch state {
    case .connected: self = .connected
    case .suspect: self = .suspect
    case .partitioned: self = .partitioned
    case .recovering: self = .recovering
    }
  }
}
