/// What requests to Amazon are signed with. Descriptions show none of it.
public struct AWSKeys: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  public let accessKey: String
  public let secretKey: String
  /// Of temporary keys.
  public let sessionToken: String?

  public init(accessKey: String, secretKey: String, sessionToken: String?) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
  }

  public var description: String { "<keys>" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
