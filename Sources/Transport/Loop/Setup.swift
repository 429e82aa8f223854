internal import Glibc

/// What a handle is told of a request but for its body and its time: where the next request says the same, the handle needn't be told again.
///
/// A class, as it is handed from the request to the handle and compared with those of other handles: none of that copies it.
final class Setup: Equatable {
  /// Tells most setups apart without a look at their texts.
  private let urlHash: Int
  private let url: String
  private let method: HTTPRequest.Method
  private let headers: [(name: String, value: String)]
  private let tls: TLSSettings
  private let addressPolicy: AddressPolicy
  private let answerByteCountMax: Int
  private let acceptsGzip: Bool

  /// Nothing where a request has to be told anew: credentials are read for each, and a connection alone is something else.
  init?(_ submission: Submission) {
    let request = submission.request
    guard submission.purpose == .exchange, request.authorization == .none else { return nil }
    url = request.url
    urlHash = url.hashValue
    method = request.method
    headers = request.headers
    tls = request.tls
    addressPolicy = request.addressPolicy
    answerByteCountMax = request.answerByteCountMax
    acceptsGzip = request.acceptsGzip
  }

  static func == (one: Setup, other: Setup) -> Bool {
    one.urlHash == other.urlHash && isSame(one.url, other.url) && one.method == other.method
      && one.answerByteCountMax == other.answerByteCountMax
      && one.acceptsGzip == other.acceptsGzip && one.addressPolicy == other.addressPolicy && one.tls == other.tls
      && one.hasSameHeaders(as: other)
  }

  private func hasSameHeaders(as other: Setup) -> Bool {
    guard headers.count == other.headers.count else { return false }
    for index in headers.indices {
      let (one, two) = (headers[index], other.headers[index])
      if !Self.isSame(one.name, two.name) || !Self.isSame(one.value, two.value) { return false }
    }
    return true
  }

  /// Byte by byte: strings of different bytes are equal where Unicode says so.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    let (one, other) = (one.utf8.span, other.utf8.span)
    guard one.count == other.count else { return false }
    return unsafe one.withUnsafeBytes { one in
      unsafe other.withUnsafeBytes { other in
        guard let start = one.baseAddress, let otherStart = other.baseAddress else { return true }
        return unsafe memcmp(start, otherStart, one.count) == 0
      }
    }
  }
}
