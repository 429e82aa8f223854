import Document
import Model
import Runtime

extension FleetReport {
  /// A table with a line for each agent, what is still missing, and a line for all.
  var text: String {
    var table = TextTable(
      ["AGENT", "NODE", "RESULT", "COMPARED", "SENT AGAIN", "FILLED", "PENDING", "UNFILLABLE", "SECONDS"],
      right: [3, 4, 5, 6, 7, 8]
    )
    for agent in agents {
      table.add([
        agent.address.shown, agent.node.isEmpty ? "-" : agent.node.shown, agent.result.rawValue,
        "\(agent.comparedSamples)", "\(agent.replayedSamples)", "\(agent.filledGapCount)", "\(agent.pendingGapCount)",
        "\(agent.unfillableGapCount)", "\(agent.lastedMilliseconds / 1000)",
      ])
    }
    var text = table.text
    for agent in agents {
      if let error = agent.error { text += "\(agent.address.shown): \(error.shown)\n" }
      if agent.deniedGapCount > 0 {
        text += "\(agent.address.shown): \(agent.deniedGapCount) refilled gaps aren't at the centre\n"
      }
      for gap in agent.openGaps {
        let place = "\(gap.from.shown) to \(gap.until.shown)"
        text +=
          "\(agent.address.shown): \(place): \(gap.reason.shown), \(gap.samples) samples, such as \(gap.series.shown)\n"
      }
    }
    if omittedAgentCount > 0 { text += "\(omittedAgentCount) agents more than can be asked\n" }
    let replayed = agents.reduce(0) { $0 + $1.replayedSamples }
    let verified = agents.reduce(0) { $0 + $1.verifiedGapCount }
    text +=
      "\n\(agents.count) agents: \(count(.complete)) complete, \(count(.gaps)) with gaps, \(count(.failed)) failed; "
    return text + "\(replayed) samples sent again, \(verified) refilled gaps seen at the centre\n"
  }

  private func count(_ result: AgentReport.Result) -> Int { agents.count { $0.result == result } }

  /// For programs (docs/formats/gaps.md).
  var tree: Tree<Never> {
    [
      "agents": .sequence(agents.map(\.tree)),
      "agents_omitted": .integer(.known(omittedAgentCount)),
      "complete": .integer(.known(count(.complete))),
      "with_gaps": .integer(.known(count(.gaps))),
      "failed": .integer(.known(count(.failed))),
      "samples_replayed": .count(agents.reduce(0) { $0 + $1.replayedSamples }),
    ]
  }
}

extension AgentReport {
  fileprivate var tree: Tree<Never> {
    [
      "address": .text(Text(address)), "node": .text(Text(node)), "result": .text(Text(result.rawValue)),
      "error": error.map { .text(Text($0)) } ?? .null, "samples_compared": .count(comparedSamples),
      "samples_replayed": .count(replayedSamples), "gaps_filled": .integer(.known(filledGapCount)),
      "gaps_pending": .integer(.known(pendingGapCount)), "gaps_unfillable": .integer(.known(unfillableGapCount)),
      "gaps_verified": .integer(.known(verifiedGapCount)), "gaps_denied": .integer(.known(deniedGapCount)),
      "rounds": .integer(.known(rounds)), "lasted_milliseconds": .integer(.known(Int(lastedMilliseconds))),
      "open": .sequence(openGaps.map(\.tree)),
    ]
  }
}

extension AgentReport.OpenGap {
  fileprivate var tree: Tree<Never> {
    [
      "from": .text(Text(from)), "until": .text(Text(until)), "reason": .text(Text(reason)), "samples": .count(samples),
      "series": .text(Text(series)),
    ]
  }
}
