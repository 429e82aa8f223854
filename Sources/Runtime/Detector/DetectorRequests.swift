import Agent
import Model
import Samples
import Transport

/// The requests of a detector: to the centre, to agents, and to the cluster's API server.
struct DetectorRequests {
  private(set) var centre: DestinationRequests
  private let version: RemoteWriteVersion
  private let toolVersion: String
  private let pollTimeoutMilliseconds: Int
  private let api: API?

  /// Where the cluster's API server is told.
  private struct API {
    let server: String
    let namespace: String
    let directory: String
    let isReadable: Bool
  }

  init(_ model: Configuration, _ options: DetectorOptions) {
    centre = DestinationRequests(model, toolVersion: options.version)
    version = model[Settings.remoteWriteProtocol] == .v2 ? .v2 : .v1
    toolVersion = options.version
    pollTimeoutMilliseconds = min(model[Settings.checkTimeout].milliseconds, Self.pollTimeoutMaxMilliseconds)
    api = options.apiServer.map { server in
      let directory = options.serviceAccountDirectory
      return API(
        server: server,
        namespace: model[Settings.namespace],
        directory: directory,
        isReadable: wholeFile(directory + "/token", byteCountMax: 1) != nil
      )
    }
  }

  /// Signs what goes to the centre from now on, if it is to be signed.
  mutating func sign(_ keys: SigningKeys) { keys.sign(&centre) }

  /// A write request without samples, the way that samples go.
  func writeCheck() -> HTTPRequest {
    var request = centre.healthCheck()
    request.method = .post
    request.url = centre.writeURL
    request.headers = EmptyWriteRequest.headers(version, custom: request.headers, toolVersion: toolVersion)
    request.body = EmptyWriteRequest.body(version)
    return request
  }

  func poll(_ address: AgentAddress) -> HTTPRequest {
    var request = HTTPRequest(
      .get,
      "http://\(address)/api/v1/status",
      timeoutMilliseconds: pollTimeoutMilliseconds,
      connectTimeoutMilliseconds: pollTimeoutMilliseconds,
      answerByteCountMax: Fleet.Bounds.statusByteCountMax
    )
    request.excess = .fail
    request.addressPolicy = .notLinkLocal
    return request
  }

  func sync(_ address: AgentAddress) -> HTTPRequest {
    var request = HTTPRequest(
      .post,
      "http://\(address)/-/sync",
      timeoutMilliseconds: pollTimeoutMilliseconds,
      connectTimeoutMilliseconds: pollTimeoutMilliseconds,
      answerByteCountMax: 4096
    )
    request.addressPolicy = .notLinkLocal
    return request
  }

  func event(_ body: [UInt8]) -> HTTPRequest? {
    request(.post, "events", contentType: "application/json", body)
  }

  func state(_ patch: [UInt8]) -> HTTPRequest? {
    request(.patch, "configmaps/network-partition-state", contentType: "application/merge-patch+json", patch)
  }

  /// The token is read anew for each request: the kubelet renews it in place.
  private func request(
    _ method: HTTPRequest.Method,
    _ path: String,
    contentType: String,
    _ body: [UInt8]
  ) -> HTTPRequest? {
    guard let api else { return nil }
    var request = HTTPRequest(
      method,
      "\(api.server)/api/v1/namespaces/\(api.namespace)/\(path)?fieldManager=rescfg-detector",
      headers: [
        (name: "content-type", value: contentType), (name: "accept", value: "application/json"),
        (name: "user-agent", value: "rescfg/\(toolVersion)"),
      ],
      body: body,
      timeoutMilliseconds: Self.pollTimeoutMaxMilliseconds,
      connectTimeoutMilliseconds: Self.pollTimeoutMaxMilliseconds,
      answerByteCountMax: 65_536
    )
    if api.isReadable { request.authorization = .token(.file(api.directory + "/token")) }
    if api.server.hasPrefix("https:") { request.tls.authorityFile = api.directory + "/ca.crt" }
    return request
  }

  private static let pollTimeoutMaxMilliseconds = 10_000
}
