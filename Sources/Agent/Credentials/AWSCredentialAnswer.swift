internal import JSON

/// Keys that were given for a while.
public struct AWSCredentialAnswer: Hashable, Sendable {
  public static let byteCountMax = 65_536

  public let keys: AWSKeys
  /// Milliseconds since 1970; nothing where the answer doesn't say.
  public let expiration: Int64?

  /// Nothing where the answer has no keys.
  public init?(_ body: [UInt8], of source: AWSCredentialSource) {
    guard body.count <= Self.byteCountMax else { return nil }
    let fields =
      switch source {
      case .webIdentity: Self.elements(of: String(decoding: body, as: UTF8.self))
      case .environment, .container: Self.members(of: body)
      }
    guard let accessKey = fields["AccessKeyId"], let secretKey = fields["SecretAccessKey"], !accessKey.isEmpty,
      !secretKey.isEmpty
    else { return nil }
    keys = AWSKeys(
      accessKey: accessKey,
      secretKey: secretKey,
      sessionToken: fields["Token"] ?? fields["SessionToken"]
    )
    expiration = fields["Expiration"].flatMap { Timestamp(rfc3339: $0)?.milliseconds }
  }

  private static let names: Set = [
    "AccessKeyId", "SecretAccessKey", "Token", "SessionToken", "Expiration",
  ]

  private static func members(of body: [UInt8]) -> [String: String] {
    do throws(JSONError) {
      var reader = try JSONReader(body, limits: .init(byteCountMax: byteCountMax))
      return Dictionary(try reader.stringFields(names)) { $1 }
    } catch {
      return [:]
    }
  }

  /// STS answers in XML. Its keys, tokens and times have no character that XML would spell another way.
  private static func elements(of text: String) -> [String: String] {
    var fields: [String: String] = [:]
    for part in text.split(separator: "<") {
      guard let end = part.firstIndex(of: ">"), names.contains(String(part[..<end])) else { continue }
      fields[String(part[..<end])] = String(part[part.index(after: end)...])
    }
    return fields
  }
}
