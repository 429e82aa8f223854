/// No answer: what went wrong on the way.
public struct TransportFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What an operator would look at first.
  public enum Kind: String, Hashable, Sendable {
    /// The name has no address.
    case resolve
    /// Nothing accepts connections there.
    case connect
    /// The time the request was given has passed.
    case timeout
    /// Certificate, name or protocol version; or our own certificate files.
    case tls
    /// More than the caller accepts: of the body, or of headers.
    case tooLarge
    /// By the caller, or because the loop was stopped.
    case cancelled
    /// The address is one that the request's policy forbids.
    case refusedAddress
    /// The rest: a connection that broke, a URL or a credentials file that can't be used.
    case other
  }

  public var kind: Kind
  /// The server and libcurl's words, without path, query, headers or credentials.
  public var message: String

  public init(kind: Kind, message: String) {
    self.kind = kind
    self.message = message
  }

  public var description: String { message }
}
