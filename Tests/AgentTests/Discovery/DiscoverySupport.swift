import JSON
import Model

@testable import Agent

/// Part of a model, written in JSON.
func config(_ text: String) throws -> Node { Node(try JSONDocument(reading: Array(text.utf8))) }

func at(_ milliseconds: Int64) -> Moment { Moment(monotonic: milliseconds, wall: milliseconds) }

/// In a cluster, on node-a. "YAML" is JSON whose texts may be numbers too.
func environment(seed: UInt64 = 1) -> DiscoveryEnvironment {
  var environment = DiscoveryEnvironment(node: "node-a", seed: seed) { bytes in
    do throws(JSONError) {
      return .success(Node(try JSONDocument(reading: bytes)))
    } catch {
      return .failure(DiscoveryProblem("yaml: \(error)"))
    }
  }
  environment.apiServer = "https://10.0.0.1:443"
  environment.namespace = "observability"
  return environment
}

func discovery(_ fields: String, seed: UInt64 = 1) throws -> JobDiscovery {
  try JobDiscovery(try config("{\"job_name\": \"j\", \(fields)}"), environment(seed: seed))
}

extension DiscoveryAction {
  var request: DiscoveryRequest? {
    switch self {
    case .fetch(let request), .stream(let request): request
    case .readFiles, .cancel: nil
    }
  }

  var query: FileQuery? { if case .readFiles(let query) = self { query } else { nil } }
}

extension DiscoveryRequest {
  var parameters: [String: String] {
    var result: [String: String] = [:]
    for part in url.split(separator: "?", maxSplits: 1).last?.split(separator: "&") ?? [] {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      result[String(pair[0])] = String(pair[1])
    }
    return result
  }
}

extension [DiscoveredGroup] {
  var addresses: [String] { flatMap(\.targets).map { $0["__address__"] ?? "" } }
}

func ok(_ text: String, type: String = "application/json") -> DiscoveryAnswer {
  DiscoveryAnswer(status: 200, contentType: type, body: Array(text.utf8))
}
