/// What the server says to a request. The server adds `content-length`, `date` and `connection` by itself.
public struct ServerAnswer: Sendable {
  /// 200 to 599; anything else is answered as 500.
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  public init(_ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A line of plain text.
  public static func text(_ status: Int, _ line: String) -> ServerAnswer {
    ServerAnswer(status, headers: [("content-type", "text/plain; charset=utf-8")], body: Array("\(line)\n".utf8))
  }
}
