/// A rehearsed partition: for a time the agent treats its path to the centre as cut, without touching the network. It ends by itself,
/// whatever becomes of who ordered it.
public struct PathDrill: Hashable, Sendable {
  /// Monotonic.
  public let end: Int64
  public let lasts: Int64

  /// The shortest and the longest, in milliseconds.
  public static let bounds: ClosedRange<Int64> = 1_000...3_600_000

  /// Why an order is refused.
  public enum Refusal: Error, Hashable, Sendable {
    /// The model doesn't allow drills.
    case disabled
    /// No duration, or one out of bounds.
    case duration
    /// One is under way.
    case underWay
  }

  /// Takes an order.
  /// - Parameters:
  ///   - query: of the request: `seconds=120`.
  ///   - current: the drill that was ordered last.
  public init(query: String, isEnabled: Bool, current: PathDrill?, now: Moment) throws(Refusal) {
    guard isEnabled else { throw .disabled }
    if let current, current.isCut(now) { throw .underWay }
    let name = "seconds="
    guard query.hasPrefix(name), let seconds = Int64(query.dropFirst(name.count)), seconds <= Self.bounds.upperBound,
      Self.bounds.contains(seconds * 1000)
    else { throw .duration }
    lasts = seconds * 1000
    end = now.monotonic + lasts
  }

  public func isCut(_ now: Moment) -> Bool { now.monotonic < end }
}
