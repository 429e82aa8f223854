/// What became of a batch that a remote-write client sent.
public enum WriteOutcome: Hashable, Sendable {
  /// The spool holds it as the configured durability asks.
  case durable
  /// The spool is full and refuses, or memory is.
  case full
  /// The disk takes nothing.
  case degraded
  /// The agent is about to end.
  case stopping
}
