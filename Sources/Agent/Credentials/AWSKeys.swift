/// What requests to Amazon are signed with. Descriptions show none of it.
package struct AWSKeys: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  package let accessKey: String
  package let secretKey: String
  /// Of temporary keys.
  package let sessionToken: String?

  package init(accessKey: String, secretKey: String, sessionToken: String?) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
  }

  package var description: String { "<keys>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
