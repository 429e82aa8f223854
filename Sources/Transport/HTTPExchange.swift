/// What is sent to a server in one go.
package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable { case get = "GET", post = "POST" }

  package var method: Method
  /// Absolute, `http` or `https`.
  package var url: String
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// From the first packet to the last byte, in milliseconds.
  package var timeoutMilliseconds: Int
  package var connectTimeoutMilliseconds: Int
  /// The answer's body is read up to this many bytes and the connection closed behind them: a server can't fill memory.
  package var answerByteCountMax: Int

  package init(
    _ method: Method = .get,
    _ url: String,
    headers: [(name: String, value: String)] = [],
    body: [UInt8] = [],
    timeoutMilliseconds: Int = 30_000,
    connectTimeoutMilliseconds: Int = 10_000,
    answerByteCountMax: Int = 65_536
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeoutMilliseconds = timeoutMilliseconds
    self.connectTimeoutMilliseconds = connectTimeoutMilliseconds
    self.answerByteCountMax = answerByteCountMax
  }
}

/// What a server answered.
package struct HTTPAnswer: Hashable, Sendable {
  package var status: Int
  /// Names in lower case, in the order received.
  package var headers: [Header]
  package var body: [UInt8]
  /// Whether the body was longer than was read of it.
  package var isTruncated: Bool

  package struct Header: Hashable, Sendable {
    package var name: String
    package var value: String
  }

  package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// No answer: what went wrong on the way, in the words of libcurl.
package struct TransportFailure: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case resolve, connect, timeout, tls, other
  }

  package var kind: Kind
  package var message: String
}
