/// What the server says to a request. The server adds `content-length`, `date` and `connection` by itself.
package struct ServerAnswer: Sendable {
  /// 200 to 599; anything else is answered as 500.
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(_ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A line of plain text.
  package static func text(_ status: Int, _ line: String) -> ServerAnswer {
    ServerAnswer(status, headers: [("content-type", "text/plain; charset=utf-8")], body: Array("\(line)\n".utf8))
  }
}
