/// What a sender wants done.
public enum SendAction: Sendable {
  /// Send it; the outcome goes to `Sender.finish` under the request's id.
  case send(SendRequest)
  /// Nobody waits for the outcome of that request any more: it goes again, on another connection.
  case cancel(UInt64)
  /// Open a connection to the receiver and close it; then `Sender.pathProbeSucceeded` or `pathProbeFailed`.
  case probePath
  /// Write it down: this sample will not be sent again.
  case deadLetter(DeadLetter)
}

/// One POST to the receiver.
public struct SendRequest: Hashable, Sendable {
  /// Of this process, each once.
  public let id: UInt64
  public let lane: Lane
  /// Compressed (snappy, block format).
  public let body: [UInt8]
  public let sampleCount: Int
  /// Exemplars and metadata.
  public let itemCount: Int
  public let `protocol`: RemoteWriteVersion
  /// How often this body was tried before.
  public let attempt: Int
}

/// What a request carries: what was just collected, or what had to wait. They never share a request.
public enum Lane: String, Sendable, CaseIterable { case live, backlog }

/// How a request ended.
public enum SendResult: Sendable {
  /// - Parameters:
  ///   - headers: names in any case.
  ///   - body: as much of it as was read; for people only.
  case answered(status: Int, headers: [(name: String, value: String)], body: [UInt8])
  case failed(ExchangeFailure)
}

/// No answer, or none that can be believed: whether the receiver took the request is unknown.
public struct ExchangeFailure: Error, Hashable, Sendable {
  public enum Kind: String, Sendable { case resolve, connect, timeout, tls, other }

  public var kind: Kind
  /// In words, for people.
  public var message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
