/// What a sender wants done.
package enum SendAction: Sendable {
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
package struct SendRequest: Hashable, Sendable {
  /// Of this process, each once.
  package let id: UInt64
  package let lane: Lane
  /// Compressed (snappy, block format).
  package let body: [UInt8]
  package let sampleCount: Int
  /// Exemplars and metadata.
  package let itemCount: Int
  package let `protocol`: RemoteWriteVersion
  /// How often this body was tried before.
  package let attempt: Int
}

/// What a request carries: what was just collected, or what had to wait. They never share a request.
package enum Lane: String, Sendable, CaseIterable { case live, backlog }

/// How a request ended.
package enum SendResult: Sendable {
  /// - Parameters:
  ///   - headers: names in any case.
  ///   - body: as much of it as was read; for people only.
  case answered(status: Int, headers: [(name: String, value: String)], body: [UInt8])
  case failed(ExchangeFailure)
}

/// No answer, or none that can be believed: whether the receiver took the request is unknown.
package struct ExchangeFailure: Error, Hashable, Sendable {
  package enum Kind: String, Sendable { case resolve, connect, timeout, tls, other }

  package var kind: Kind
  /// In words, for people.
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
