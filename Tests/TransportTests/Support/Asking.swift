import Testing

@testable import Transport

extension NetworkLoop {
  func result(_ request: HTTPRequest) async -> Result<HTTPAnswer, TransportFailure> {
    await withCheckedContinuation { continuation in submit(request) { continuation.resume(returning: $0) } }
  }

  func answer(_ request: HTTPRequest) async throws -> HTTPAnswer { try await result(request).get() }

  /// Why there was no answer.
  func failure(_ request: HTTPRequest) async throws -> TransportFailure {
    try await result(request).failure
  }

  func reach(_ request: HTTPRequest) async -> Result<Void, TransportFailure> {
    await withCheckedContinuation { continuation in probe(request) { continuation.resume(returning: $0) } }
  }
}

extension Result where Failure == TransportFailure {
  /// Throws where there was none.
  var failure: TransportFailure {
    get throws {
      switch self {
      case .failure(let failure): failure
      case .success(let answer): throw Unexpected(what: "\(answer)")
      }
    }
  }
}

struct Unexpected: Error { var what: String }

extension HTTPRequest {
  func with(_ change: (inout HTTPRequest) -> Void) -> HTTPRequest {
    var copy = self
    change(&copy)
    return copy
  }
}
