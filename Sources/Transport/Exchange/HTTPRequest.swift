/// What is sent to a server in one go.
///
/// Redirects are not followed and no proxy of the environment is used: credentials go where they were meant to go, or nowhere.
public struct HTTPRequest: Sendable {
  public enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", patch = "PATCH" }

  /// What becomes of a body that is longer than `answerByteCountMax`.
  public enum Excess: Sendable {
    /// The answer has its beginning, and says so.
    case truncate
    /// A failure of kind `.tooLarge`.
    case fail
  }

  public var method: Method
  /// Absolute, `http` or `https`, without a user.
  public var url: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// From being submitted to the last byte, waiting for a free connection included; in milliseconds.
  public var timeoutMilliseconds: Int
  public var connectTimeoutMilliseconds: Int
  /// The answer's body is read up to this many bytes, counted after decompression, and the connection closed behind them: a server can't fill memory.
  public var answerByteCountMax: Int
  public var excess = Excess.truncate
  /// Whether the answer may come in gzip.
  public var acceptsGzip = false
  public var authorization = Authorization.none
  public var tls = TLSSettings()
  public var addressPolicy = AddressPolicy.any
  /// Takes the body piece by piece, at most 16 KiB each, instead of the answer: for a watch that goes on.
  ///
  /// Runs on the network thread, with the status that came before. Returns false to end the exchange, which is a failure of kind `.cancelled`.
  public var chunk: (@Sendable (_ status: Int, _ bytes: [UInt8]) -> Bool)?

  public init(
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
  public var description: String { "\(method.rawValue) \(Origin(url)?.description ?? "an unusable URL")" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
