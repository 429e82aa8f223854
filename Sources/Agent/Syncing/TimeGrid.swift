/// Time in ranges of one width: the resolution at which a node and its centre are compared.
///
/// A range takes the millisecond it ends with and not the one it begins with, as `count_over_time` does.
public struct TimeGrid: Hashable, Sendable {
  /// Milliseconds.
  public let width: Int64

  /// No end of a range is a time at which samples like to be: Prometheus before 3.0 also counts what lies on a range's beginning.
  private static let offset: Int64 = 501
  private static let minute: Int64 = 60_000
  /// Ranges that the whole time compared is divided into, about.
  private static let count: Int64 = 288

  /// - Parameter span: the longest time that is compared, in milliseconds.
  public init(span: Int64) {
    width = max((span / Self.count + Self.minute - 1) / Self.minute, 1) * Self.minute
  }

  /// The number of the range that a timestamp lies in.
  public func range(of timestamp: Int64) -> Int64 {
    let clamped = min(max(timestamp, -Self.timestampMax), Self.timestampMax) - Self.offset
    let quotient = clamped / width
    return clamped % width > 0 ? quotient + 1 : quotient
  }

  /// The last millisecond of a range.
  public func end(of range: Int64) -> Int64 { range * width + Self.offset }

  /// The first millisecond of a range.
  public func start(of range: Int64) -> Int64 { end(of: range - 1) + 1 }

  /// Ten thousand years: what lies beyond is in the last range there is.
  private static let timestampMax: Int64 = 253_402_300_800_000
}
