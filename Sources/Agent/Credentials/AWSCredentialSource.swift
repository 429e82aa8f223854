/// Where keys for AWS Signature Version 4 come from, by the environment variables that AWS' own tools read, in their order.
///
/// Source: AWS SDKs and Tools Reference Guide, "Standardized credential providers".
public enum AWSCredentialSource: Hashable, Sendable {
  /// They stand in the environment and never change.
  case environment(AWSKeys)
  /// IAM roles for service accounts: the token of the pod's account is changed for keys (STS, `AssumeRoleWithWebIdentity`).
  case webIdentity(endpoint: String, role: String, session: String, tokenFile: String)
  /// EKS Pod Identity, or a container of ECS: an agent beside the pod gives keys to who shows a token.
  case container(url: String, Token)

  public enum Token: Hashable, Sendable {
    case none
    /// Read again for each request, as it is renewed in place.
    case file(String)
    case value(String)
  }

  /// Nothing where the environment names none, or one that may not be asked.
  /// - Parameter variable: an environment variable; nothing where it isn't set.
  public init?(region: String, _ variable: (String) -> String?) {
    func text(_ name: String) -> String? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    if let accessKey = text("AWS_ACCESS_KEY_ID"), let secretKey = text("AWS_SECRET_ACCESS_KEY") {
      let keys = AWSKeys(accessKey: accessKey, secretKey: secretKey, sessionToken: text("AWS_SESSION_TOKEN"))
      self = .environment(keys)
    } else if let file = text("AWS_WEB_IDENTITY_TOKEN_FILE"), let role = text("AWS_ROLE_ARN") {
      self = .webIdentity(
        endpoint: text("AWS_ENDPOINT_URL_STS") ?? "https://sts.\(region).\(Self.domain(of: region))/",
        role: role,
        session: text("AWS_ROLE_SESSION_NAME") ?? "rescfg",
        tokenFile: file
      )
    } else if let url = text("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").map({ "http://169.254.170.2" + $0 })
      ?? text("AWS_CONTAINER_CREDENTIALS_FULL_URI"), Self.mayBeAsked(url)
    {
      let token = text("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").map(Token.file)
      self = .container(url: url, token ?? text("AWS_CONTAINER_AUTHORIZATION_TOKEN").map(Token.value) ?? .none)
    } else {
      return nil
    }
  }

  private static func domain(of region: String) -> String {
    region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
  }

  /// Without TLS only this machine and the addresses that AWS gives its own agents: a token isn't shown to anybody else.
  private static func mayBeAsked(_ url: String) -> Bool {
    if url.hasPrefix("https://") { return true }
    guard url.hasPrefix("http://") else { return false }
    let authority = url.dropFirst(7).prefix { $0 != "/" && $0 != "?" }
    let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
    return ["localhost", "127.0.0.1", "::1", "169.254.170.2", "169.254.170.23", "fd00:ec2::23"].contains(String(host))
  }
}
