import Agent
import Transport

extension HTTPRequest {
  /// The request for keys; nothing where the token's file can't be read, or no request is needed.
  init?(_ source: AWSCredentialSource) {
    switch source {
    case .environment: return nil
    case .container(let url, let token):
      self.init(.get, url, timeoutMilliseconds: Self.keysTimeoutMilliseconds)
      switch token {
      case .none: break
      case .value(let text): headers = [(name: "Authorization", value: text)]
      case .file(let path):
        guard let text = Self.token(path) else { return nil }
        headers = [(name: "Authorization", value: text)]
      }
    case .webIdentity(let endpoint, let role, let session, let file):
      guard let token = Self.token(file) else { return nil }
      let fields = [
        ("Action", "AssumeRoleWithWebIdentity"), ("Version", "2011-06-15"), ("RoleArn", role),
        ("RoleSessionName", session),
        ("WebIdentityToken", token),
      ]
      self.init(
        .post,
        endpoint,
        headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
        body: Array(fields.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&").utf8),
        timeoutMilliseconds: Self.keysTimeoutMilliseconds
      )
    }
    answerByteCountMax = AWSCredentialAnswer.byteCountMax
    excess = .fail
  }

  private static let keysTimeoutMilliseconds = 10_000

  private static func token(_ path: String) -> String? {
    guard let bytes = wholeFile(path) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(whereSeparator: \.isWhitespace).first.map(String.init)
  }
}
