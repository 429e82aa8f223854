import Agent
import Serving

/// What a request to the agent is for.
///
/// The service listener is for everybody who reaches the pod, so nothing there changes anything, but that `/-/sync` asks for a comparison
/// with the centre, which has bounds of its own; what does change something is on the other listener, which is the pod's own (loopback,
/// or a socket file).
enum ServiceRoute: Hashable {
  case healthy, ready, metrics, status, ledger, gaps, index
  case write, reload, sync, drill
  /// Answered from the queue's files, beside the engine.
  case query(QueryRequest.Target)
  case methodNotAllowed(String)
  case unknown

  static let service = "service"
  static let receive = "receive"

  private static let pages: [String: ServiceRoute] = [
    "/-/healthy": .healthy, "/-/ready": .ready, "/metrics": .metrics, "/api/v1/status": .status,
    "/api/v1/ledger": .ledger, "/api/v1/gaps": .gaps, "/": .index,
  ]
  private static let orders: [String: ServiceRoute] = [
    "/api/v1/write": .write, "/-/reload": .reload, "/-/drill": .drill,
  ]

  init(_ request: ServerRequest) {
    if let page = Self.pages[request.path] {
      self = request.method == "GET" || request.method == "HEAD" ? page : .methodNotAllowed("GET, HEAD")
    } else if let target = QueryRequest.target(request.path) {
      // Long queries come in a body; nothing is changed by them.
      let isTaken = ["GET", "HEAD", "POST"].contains(request.method)
      self = isTaken ? .query(target) : .methodNotAllowed("GET, HEAD, POST")
    } else if request.path == "/-/sync" {
      self = request.method == "POST" ? .sync : .methodNotAllowed("POST")
    } else if request.listener == Self.receive, let order = Self.orders[request.path] {
      self = request.method == "POST" ? order : .methodNotAllowed("POST")
    } else {
      self = .unknown
    }
  }
}
