/// What came of asking a fleet.
public struct FleetReport: Sendable {
  public var agents: [AgentReport] = []
  /// Agents beyond the bound, which weren't asked.
  public var omittedAgentCount = 0

  public var isComplete: Bool { agents.allSatisfy { $0.result == .complete } }
  public var hasFailures: Bool { agents.contains { $0.result == .failed } || agents.isEmpty }
}

/// What came of asking one agent.
public struct AgentReport: Sendable {
  public enum Result: String, Sendable {
    /// The centre has all that it delivered; what was refilled was seen there.
    case complete
    case gaps
    /// It couldn't be asked, or it couldn't compare.
    case failed
  }

  /// `host:port`.
  public let address: String
  /// As it names itself.
  public var node = ""
  public var result = Result.failed
  public var error: String?
  public var comparedSamples: UInt64 = 0
  public var replayedSamples: UInt64 = 0
  public var filledGapCount = 0
  public var pendingGapCount = 0
  public var unfillableGapCount = 0
  /// Filled gaps that were looked for at the centre, and how many of them aren't there.
  public var verifiedGapCount = 0
  public var deniedGapCount = 0
  /// What isn't filled, the first few.
  public var openGaps: [OpenGap] = []
  public var rounds = 0
  public var lastedMilliseconds: Int64 = 0

  public static let openGapCountMax = 5

  /// Something that the centre still lacks.
  public struct OpenGap: Sendable {
    public let from: String
    public let until: String
    /// `pending`, or why it stays.
    public let reason: String
    public let samples: UInt64
    public let series: String
  }

  init(_ address: String) { self.address = address }
}
