import Model

/// When the backlog will be through, if taking in and delivering go on as in the last minute.
public enum DrainForecast: Hashable, Sendable {
  /// No backlog.
  case drained
  case after(milliseconds: Int64)
  /// No more is delivered than taken in.
  case never

  public init(_ queue: QueueSnapshot) {
    let backlog = queue.ledger.queued[.backlog]
    let gain = queue.deliveredPerSecond - queue.takenPerSecond
    if backlog == 0 {
      self = .drained
    } else if gain > 0 {
      let milliseconds = (Double(backlog) / gain * 1000).rounded(.up)
      self = milliseconds < Double(Int64.max) ? .after(milliseconds: Int64(milliseconds)) : .never
    } else {
      self = .never
    }
  }
}
