import Agent

extension AgentEngine {
  /// Says in the log when the disk begins to take nothing, and when it takes samples again.
  func reportDisk() {
    let problem = core.diskProblem
    guard (problem == nil) != (reportedDiskProblem == nil) else { return }
    if let problem {
      log(
        .error,
        .spool,
        "the disk takes nothing, samples wait in memory unacknowledged",
        [LogLine.Field("err", problem)]
      )
    } else {
      log(.info, .spool, "the disk takes samples again", [LogLine.Field("after", reportedDiskProblem ?? "")])
    }
    reportedDiskProblem = problem
  }
}
