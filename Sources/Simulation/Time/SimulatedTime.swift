import Agent

/// The clock of a simulation: milliseconds from 0, which only the event queue moves.
enum SimulatedTime {
  /// What the wall clocks show at the beginning: 2025-01-01T00:00:00Z, in milliseconds since 1970.
  static let epoch: Int64 = 1_735_689_600_000

  /// What a machine's clocks read.
  /// - Parameter clockError: how far its wall clock is ahead.
  static func moment(_ time: Int64, clockError: Int64) -> Moment {
    Moment(monotonic: time, wall: epoch + time + clockError)
  }
}
