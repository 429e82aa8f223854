/// What the server has turned away, since its start.
package struct ServerCounts: Hashable, Sendable {
  /// Whole requests given to the handler.
  package var requests: UInt64 = 0
  /// Connections beyond a listener's bound: answered 503, or closed without a word if even those pile up.
  package var refusedConnections: UInt64 = 0
  /// Requests that aren't HTTP/1 (400, 417, 501).
  package var malformedRequests: UInt64 = 0
  /// 413.
  package var tooLargeBodies: UInt64 = 0
  /// 431.
  package var tooLargeHeaders: UInt64 = 0
  /// 408: headers or body took too long.
  package var slowRequests: UInt64 = 0
  /// Clients that didn't take their answer in time.
  package var slowReaders: UInt64 = 0

  package init() {}
}
