/// What a comparison with the centre wants done. The outcomes come back as calls of `AgentCore`, each once.
///
/// A driver with a disk of its own performs `survey` and `read` with a `SpoolSurveyor`; both take a while on a large spool, so a driver
/// with threads has one for them.
public enum SyncAction: Sendable {
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
public struct SurveyOrder: Hashable, Sendable {
  public let destination: String
  public let grid: TimeGrid
  /// Of so many samples in a row one is of a witness.
  public let spacing: Int
}

/// The next samples of what is to be sent again.
public struct ReadOrder: Hashable, Sendable {
  public let destination: String
  /// Where it begins anew; else it goes on.
  public let plan: RefillPlan?
}
