/// What both clocks read at once. Every state machine of the agent is given the time; none asks for it.
public struct Moment: Hashable, Sendable {
  /// Milliseconds of a clock that never jumps; for timers and durations.
  public var monotonic: Int64
  /// Milliseconds since 1970, as the machine believes; for timestamps of samples and events.
  public var wall: Int64

  public init(monotonic: Int64, wall: Int64) {
    self.monotonic = monotonic
    self.wall = wall
  }
}
