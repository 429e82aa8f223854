/// What the server has turned away, since its start.
public struct ServerCounts: Hashable, Sendable {
  /// Whole requests given to the handler.
  public var requests: UInt64 = 0
  /// Connections beyond a listener's bound: answered 503, or closed without a word if even those pile up.
  public var refusedConnections: UInt64 = 0
  /// Requests that aren't HTTP/1 (400, 417, 501).
  public var malformedRequests: UInt64 = 0
  /// 413.
  public var tooLargeBodies: UInt64 = 0
  /// 431.
  public var tooLargeHeaders: UInt64 = 0
  /// 408: headers or body took too long.
  public var slowRequests: UInt64 = 0
  /// Clients that didn't take their answer in time.
  public var slowReaders: UInt64 = 0

  public init() {}
}
