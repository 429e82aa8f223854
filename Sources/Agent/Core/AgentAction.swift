/// What the agent's core wants done. Its outcomes come back as calls.
public enum AgentAction: Sendable {
  /// Post it to the destination; then `AgentCore.finishSend`.
  case send(destination: Int, SendRequest)
  /// Break off a request; no outcome of it is told any more.
  case cancelSend(destination: Int, id: UInt64)
  /// Open a connection to the destination's receiver and close it; then `AgentCore.finishPathProbe`.
  case probePath(destination: Int)
  /// Scrape a target; then `AgentCore.finishFetch`.
  case fetch(ScrapeRequest)
  /// Nobody waits for that answer any more.
  case cancelFetch(UInt64)
  /// Look for targets; then `AgentCore.finishDiscovery`.
  case discover(DiscoveryPlace, DiscoveryAction)
  /// Break off whatever that discovery waits for.
  case forgetDiscovery(DiscoveryPlace)
  /// Ask the centre whether it is well; then `AgentCore.finishHealthCheck`.
  case checkHealth(number: UInt64)
  /// Answer a remote-write request.
  case answer(token: UInt64, WriteAnswer)
  /// Do it for the comparison of a destination's centre with the spool; `SyncAction` says what comes back.
  case sync(destination: Int, SyncAction)
  /// Write it to the file of samples that were set aside.
  case deadLetter(DeadLetter)
  /// Write it to the event log.
  case event(PartitionEvent)
  /// Up to here everything is durable.
  case durable(sequence: UInt64)
}

/// Which discovery an action is of: each has a number of its own, which it keeps from one model to the next.
public struct DiscoveryPlace: Hashable, Sendable {
  public let number: UInt64
}
