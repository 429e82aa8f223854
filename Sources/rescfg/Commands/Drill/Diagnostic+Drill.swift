import Model

/// What keeps a drill from beginning, or from being watched.
extension Diagnostic {
  static func drillTooShort(_ plan: DrillPlan) -> Diagnostic {
    Diagnostic(
      .error,
      "drill-too-short",
      "a partition of \(plan.seconds) s isn't seen for certain: detection takes up to \(plan.detectionMax / 1000) s here",
      help: "name a longer --duration"
    )
  }

  static func drillNotConnected(_ state: String) -> Diagnostic {
    Diagnostic(
      .error,
      "drill-not-connected",
      "the path to the centre is \(state) already: there is nothing to rehearse"
    )
  }

  static func drillRefused(_ status: Int, _ words: String) -> Diagnostic {
    var line = words
    while line.hasSuffix("\n") { line.removeLast() }
    return Diagnostic(
      .error,
      "drill-refused",
      "the agent refuses the drill with \(status): \(line)",
      help: status == 403 ? "set drills.enabled: true in the model it runs, and let it read the model again" : nil
    )
  }

  static func drillUnreadable(_ address: String, _ words: String) -> Diagnostic {
    Diagnostic(
      .error,
      "drill-agent",
      "no answer of an agent at \(address): \(words)",
      help: "run the drill where the agent runs, and name its loopback listener with --agent"
    )
  }
}
