/// What a comparison with the centre wants done. The outcomes come back as calls of `AgentCore`, each once.
///
/// A driver with a disk of its own performs `survey` and `read` with a `SpoolSurveyor`; both take a while on a large spool, so a driver
/// with threads has one for them.
package enum SyncAction: Sendable {
  /// Count what the spool holds; then `finishSurvey`.
  case survey(SurveyOrder)
  /// Ask the centre; then `finishQuestion`.
  case ask(CentreQuestion)
  /// Read samples that go again; then `finishRead`.
  case read(ReadOrder)
  /// Post samples that go again; then `finishReplay`.
  case send(SendRequest)
}

/// What is to be counted.
package struct SurveyOrder: Hashable, Sendable {
  package let destination: String
  package let grid: TimeGrid
  /// Of so many samples in a row one is of a witness.
  package let spacing: Int
}

/// The next samples of what is to be sent again.
package struct ReadOrder: Hashable, Sendable {
  package let destination: String
  /// Where it begins anew; else it goes on.
  package let plan: RefillPlan?
}
