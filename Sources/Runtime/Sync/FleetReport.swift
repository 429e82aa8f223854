/// What came of asking a fleet.
package struct FleetReport: Sendable {
  package var agents: [AgentReport] = []
  /// Agents beyond the bound, which weren't asked.
  package var omittedAgentCount = 0

  package var isComplete: Bool { agents.allSatisfy { $0.result == .complete } }
  package var hasFailures: Bool { agents.contains { $0.result == .failed } || agents.isEmpty }
}

/// What came of asking one agent.
package struct AgentReport: Sendable {
  package enum Result: String, Sendable {
    /// The centre has all that it delivered; what was refilled was seen there.
    case complete
    case gaps
    /// It couldn't be asked, or it couldn't compare.
    case failed
  }

  /// `host:port`.
  package let address: String
  /// As it names itself.
  package var node = ""
  package var result = Result.failed
  package var error: String?
  package var comparedSamples: UInt64 = 0
  package var replayedSamples: UInt64 = 0
  package var filledGapCount = 0
  package var pendingGapCount = 0
  package var unfillableGapCount = 0
  /// Filled gaps that were looked for at the centre, and how many of them aren't there.
  package var verifiedGapCount = 0
  package var deniedGapCount = 0
  /// What isn't filled, the first few.
  package var openGaps: [OpenGap] = []
  package var rounds = 0
  package var lastedMilliseconds: Int64 = 0

  package static let openGapCountMax = 5

  /// Something that the centre still lacks.
  package struct OpenGap: Sendable {
    package let from: String
    package let until: String
    /// `pending`, or why it stays.
    package let reason: String
    package let samples: UInt64
    package let series: String
  }

  init(_ address: String) { self.address = address }
}
