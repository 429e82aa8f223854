/// A request as it arrived, whole: its body is bounded by the listener.
public struct ServerRequest: Sendable {
  public var method: String
  /// Without the query; of an absolute URL what stands behind the authority.
  public var path: String
  /// What stands behind `?`, undecoded; empty if nothing does.
  public var query: String
  /// Names in lower case, in the order received.
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// The name of the listener it came in through.
  public var listener: String

  public init(
    method: String,
    path: String,
    query: String = "",
    headers: [(name: String, value: String)] = [],
    body: [UInt8] = [],
    listener: String = ""
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.listener = listener
  }

  /// The first header of that name, in lower case.
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
