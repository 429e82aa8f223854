/// A request on its way, and whom to tell.
struct Submission: Sendable {
  enum Purpose: Sendable {
    case exchange
    /// Only to see whether a connection comes about.
    case connect
  }

  let id: UInt64
  let purpose: Purpose
  var request: HTTPRequest
  /// Nil where the URL can't be used.
  let origin: Origin?
  /// On the monotonic clock, in milliseconds.
  let deadline: Int
  let completion: @Sendable (Result<HTTPAnswer, TransportFailure>) -> Void

  func fail(_ kind: TransportFailure.Kind, _ words: String) {
    completion(.failure(TransportFailure(kind: kind, message: origin.map { "\($0): \(words)" } ?? words)))
  }
}
