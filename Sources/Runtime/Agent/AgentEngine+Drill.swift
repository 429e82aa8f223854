import Agent
import Model
import Serving
import Transport

extension AgentEngine {
  /// Takes the order to rehearse a partition; it came in by loopback.
  func beginDrill(_ request: ServerRequest, _ now: Moment) -> ServerAnswer {
    do throws(PathDrill.Refusal) {
      let isEnabled = core.configuration.model[Settings.drillsEnabled]
      let begun = try PathDrill(query: request.query, isEnabled: isEnabled, current: drill, now: now)
      drill = begun
      log(
        .warning,
        .program,
        "drill: the path to the centre counts as cut",
        [.init("seconds", String(begun.lasts / 1000))]
      )
      return .text(202, "the path is cut for \(begun.lasts / 1000) s")
    } catch {
      switch error {
      case .disabled: return .text(403, "drills are off: the model must say drills.enabled: true")
      case .duration: return .text(400, "seconds must be from 1 to 3600")
      case .underWay: return .text(409, "a drill is under way")
      }
    }
  }

  /// What stands for every answer of the centre during a drill, whatever is asked of it; nothing otherwise, and for other destinations.
  func cutByDrill(_ destination: Int = AgentCore.centre) -> TransportFailure? {
    guard destination == AgentCore.centre, let drill, drill.isCut(MachineClock.read()) else { return nil }
    return TransportFailure(kind: .timeout, message: "cut by a drill")
  }
}
