import Agent
import Model
import Runtime

/// What the comparison with the centre says that a drill ends with: whether all that was delivered meanwhile is there.
enum DrillGapCheck {
  /// The path wasn't back, or the backlog not sent, in the time for that.
  case notAsked
  /// The agent takes no such order, with that status.
  case refused(Int)
  /// It wasn't over in the time that a comparison has.
  case unfinished
  /// - since: when the drill began, by the agent's clock.
  case ended(GapsReading.Check, since: String)

  /// Gaps that were there before are no fault of the drill's.
  var hasHeld: Bool {
    guard case .ended(let check, let start) = self, check.result != "failed" else { return false }
    return check.omittedGapCount == 0 && check.gaps.allSatisfy { $0.state == "filled" || $0.until < start }
  }

  static let expected = "complete"

  var seen: String {
    switch self {
    case .notAsked: return "not asked for"
    case .refused(let status): return "refused with \(status)"
    case .unfinished: return "not over in time"
    case .ended(let check, let start):
      if check.result == "failed" { return "failed: \((check.error ?? "no reason given").shown)" }
      let open = check.gaps.filter { $0.state != "filled" }
      var text = "\(check.result): \(check.comparedSamples) samples compared, \(check.replayedSamples) sent again"
      let older = open.count { $0.until < start }
      if !open.isEmpty || check.omittedGapCount > 0 {
        text += ", \(UInt64(open.count) + check.omittedGapCount) gaps left, \(older) of them older"
      }
      return text
    }
  }

  var json: JSONValue {
    guard case .ended(let check, _) = self else { return .null }
    return .object([
      JSONMember("result", .string(check.result)), JSONMember("samples_compared", .unsigned(check.comparedSamples)),
      JSONMember("samples_replayed", .unsigned(check.replayedSamples)),
      JSONMember("gaps", .unsigned(UInt64(check.gaps.count) + check.omittedGapCount)),
      JSONMember("error", check.error.map { .string($0) } ?? .null),
    ])
  }
}
