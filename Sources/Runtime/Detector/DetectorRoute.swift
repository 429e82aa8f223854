import Serving

/// What a request to the detector is for. Nothing there changes anything.
enum DetectorRoute: Hashable {
  case healthy, ready, metrics, status, index
  case methodNotAllowed
  case unknown

  private static let pages: [String: DetectorRoute] = [
    "/-/healthy": .healthy, "/-/ready": .ready, "/metrics": .metrics, "/api/v1/status": .status, "/": .index,
  ]

  init(_ request: ServerRequest) {
    guard let page = Self.pages[request.path] else {
      self = .unknown
      return
    }
    self = request.method == "GET" || request.method == "HEAD" ? page : .methodNotAllowed
  }
}
