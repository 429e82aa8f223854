import Testing

@testable import Transport

extension NetworkLoop {
  func result(_ request: HTTPRequest) async -> Result<HTTPAnswer, TransportFailure> {
    await withCheckedContinuation { continuation in submit(request) { continuation.resume(returning: $0) } }
  }

  func answer(_ request: HTTPRequest) async throws -> HTTPAnswer { try await result(request).get() }

  /// Each request is made as soon as the one before is answered, on the loop's own thread: a test's own can wait for its turn for so long, where
  /// there are more tests than processors, that an idle connection is given up.
  func answersInARow(_ requests: [HTTPRequest]) async throws -> [HTTPAnswer] {
    var answers: [HTTPAnswer] = []
    for result in await withCheckedContinuation({ continuation in ask(requests[...], [], continuation) }) {
      answers.append(try result.get())
    }
    return answers
  }

  private func ask(
    _ requests: ArraySlice<HTTPRequest>,
    _ results: [Result<HTTPAnswer, TransportFailure>],
    _ continuation: CheckedContinuation<[Result<HTTPAnswer, TransportFailure>], Never>
  ) {
    guard let request = requests.first else { return continuation.resume(returning: results) }
    submit(request) { self.ask(requests.dropFirst(), results + [$0], continuation) }
  }

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
