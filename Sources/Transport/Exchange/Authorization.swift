/// How a request says who asks.
public enum Authorization: Sendable, Hashable {
  case none
  /// RFC 7617.
  case basic(username: Credential, password: Credential)
  /// An `Authorization` header of this type, usually `Bearer` (RFC 6750).
  case token(type: String = "Bearer", Credential)
  /// AWS Signature Version 4.
  case aws(AWSSignature)
}

/// A secret, or the file that holds it now: the file is read for each request, so a token that is renewed in place is picked up.
public enum Credential: Sendable, Hashable {
  case value(Secret)
  /// White space around the text doesn't count (as in Prometheus).
  case file(String)
}

/// Keys and scope of AWS Signature Version 4.
public struct AWSSignature: Sendable, Hashable {
  public var region: String
  /// `aps` for Amazon Managed Service for Prometheus.
  public var service: String
  public var accessKey: String
  public var secretKey: Secret
  /// What temporary keys come with; sent as `x-amz-security-token`.
  public var sessionToken: Secret?

  public init(
    region: String,
    service: String = "aps",
    accessKey: String,
    secretKey: Secret,
    sessionToken: Secret? = nil
  ) {
    self.region = region
    self.service = service
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
  }
}
