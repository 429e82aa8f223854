/// What the detector's core wants done. Outcomes come back as calls.
public enum DetectorAction: Sendable {
  /// Ask the centre whether it is well; then `DetectorCore.finishHealthCheck`.
  case checkHealth(number: UInt64)
  /// Post a write request without samples; then `DetectorCore.finishWriteCheck`.
  case checkWrite(number: UInt64)
  /// Resolve the agents' names; then `DetectorCore.finishLookup`.
  case lookUp([AgentName])
  /// Ask an agent for its status; then `DetectorCore.finishPoll`.
  case poll(AgentAddress)
  /// Ask an agent to look for gaps; then `DetectorCore.finishSyncRequest`.
  case requestSync(AgentAddress)
  /// Write a line to the event log and to standard output.
  case event(line: String)
  /// Create an Event; then `DetectorCore.finishReport`.
  case reportEvent(body: [UInt8])
  /// Patch the state's ConfigMap; then `DetectorCore.finishReport`.
  case reportState(patch: [UInt8])
  /// Say it in the program's log.
  case log(LogLine)
}
