/// A request as it arrived, whole: its body is bounded by the listener.
package struct ServerRequest: Sendable {
  package var method: String
  /// Without the query; of an absolute URL what stands behind the authority.
  package var path: String
  /// What stands behind `?`, undecoded; empty if nothing does.
  package var query: String
  /// Names in lower case, in the order received.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// The name of the listener it came in through.
  package var listener: String

  package init(
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
  package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
