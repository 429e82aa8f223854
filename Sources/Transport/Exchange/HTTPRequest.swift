/// What is sent to a server in one go.
///
/// Redirects are not followed and no proxy of the environment is used: credentials go where they were meant to go, or nowhere.
package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", patch = "PATCH" }

  /// What becomes of a body that is longer than `answerByteCountMax`.
  package enum Excess: Sendable {
    /// The answer has its beginning, and says so.
    case truncate
    /// A failure of kind `.tooLarge`.
    case fail
  }

  package var method: Method
  /// Absolute, `http` or `https`, without a user.
  package var url: String
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// From being submitted to the last byte, waiting for a free connection included; in milliseconds.
  package var timeoutMilliseconds: Int
  package var connectTimeoutMilliseconds: Int
  /// The answer's body is read up to this many bytes, counted after decompression, and the connection closed behind them: a server can't fill memory.
  package var answerByteCountMax: Int
  package var excess = Excess.truncate
  /// Whether the answer may come in gzip.
  package var acceptsGzip = false
  package var authorization = Authorization.none
  package var tls = TLSSettings()
  package var addressPolicy = AddressPolicy.any
  /// Takes the body piece by piece, at most 16 KiB each, instead of the answer: for a watch that goes on.
  ///
  /// Runs on the network thread, with the status that came before. Returns false to end the exchange, which is a failure of kind `.cancelled`.
  package var chunk: (@Sendable (_ status: Int, _ bytes: [UInt8]) -> Bool)?

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

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
  /// Method and server only: paths, queries and headers may carry credentials.
  package var description: String { "\(method.rawValue) \(Origin(url)?.description ?? "an unusable URL")" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
