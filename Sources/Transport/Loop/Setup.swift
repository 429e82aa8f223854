/// What a handle is told of a request but for its body and its time: where the next request says the same, the handle needn't be told again.
struct Setup: Equatable {
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
    method = request.method
    headers = request.headers
    tls = request.tls
    addressPolicy = request.addressPolicy
    answerByteCountMax = request.answerByteCountMax
    acceptsGzip = request.acceptsGzip
  }

  static func == (one: Self, other: Self) -> Bool {
    isSame(one.url, other.url) && one.method == other.method && one.answerByteCountMax == other.answerByteCountMax
      && one.acceptsGzip == other.acceptsGzip && one.addressPolicy == other.addressPolicy && one.tls == other.tls
      && one.headers.elementsEqual(other.headers) { isSame($0.name, $1.name) && isSame($0.value, $1.value) }
  }

  /// Byte by byte: strings of different bytes are equal where Unicode says so.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    one == other && one.utf8.elementsEqual(other.utf8)
  }
}
