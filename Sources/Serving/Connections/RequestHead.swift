import NIOHTTP1

/// What the first lines of a request ask of the server, before its body.
struct RequestHead {
  /// Without headers that say something about the connection only being removed: the handler sees all of them.
  var request: ServerRequest
  var isHeadMethod: Bool
  var keepsAlive: Bool
  /// HTTP/1.0, which has to be told that its connection stays open.
  var isVersion0: Bool
  var expectsContinue: Bool
  var contentLength: Int?

  /// Why a request is turned away before its body: RFC 9110 and 9112 name the statuses.
  struct Refusal: Error {
    var status: Int
    var reason: String
  }

  init(_ head: HTTPRequestHead, listener: String) throws(Refusal) {
    var headers: [(name: String, value: String)] = []
    headers.reserveCapacity(head.headers.count)
    var hosts = 0
    expectsContinue = false
    var upgrades = false
    for (name, value) in head.headers {
      let name = name.lowercased()
      switch name {
      case "host": hosts += 1
      case "content-length": contentLength = Int(value)
      case "transfer-encoding":
        guard value.lowercased() == "chunked" else {
          throw Refusal(status: 501, reason: "transfer-encoding other than chunked")
        }
      case "expect":
        guard value.lowercased() == "100-continue" else { throw Refusal(status: 417, reason: "unknown expectation") }
        expectsContinue = true
      case "upgrade": upgrades = true
      default: break
      }
      headers.append((name, value))
    }
    isVersion0 = head.version == .http1_0
    // RFC 9112, section 3.2.
    if hosts > 1 || hosts == 0 && !isVersion0 { throw Refusal(status: 400, reason: "one host header is needed") }
    if isVersion0 { expectsContinue = false }
    guard let target = Self.originForm(head.uri) else { throw Refusal(status: 400, reason: "a request for no path") }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    request = ServerRequest(
      method: head.method.rawValue,
      path: String(parts[0]),
      query: parts.count > 1 ? String(parts[1]) : "",
      headers: headers,
      listener: listener
    )
    isHeadMethod = head.method == .HEAD
    // Behind an offer of another protocol the parser reads no further.
    keepsAlive = head.isKeepAlive && !upgrades && head.method != .CONNECT
  }

  /// The path and query: of an absolute URL, which every server has to take (RFC 9112, section 3.2.2), what follows the authority.
  private static func originForm(_ target: String) -> Substring? {
    if target.utf8.first == UInt8(ascii: "/") || target == "*" { return target[...] }
    guard let colon = target.firstIndex(of: ":"), ["http", "https"].contains(target[..<colon].lowercased()) else {
      return nil
    }
    let rest = target[target.index(after: colon)...]
    guard rest.hasPrefix("//") else { return nil }
    let authority = rest.dropFirst(2)
    guard let path = authority.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
    return authority[path] == "?" ? "/\(authority[path...])" : authority[path...]
  }
}
