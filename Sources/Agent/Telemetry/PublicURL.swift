/// A URL as metrics, events and status may show it: without user, password, query and fragment, any of which can hold a secret.
///
/// RFC 3986, 3.2: the authority ends at the first `/`, `?` or `#`; a user is what stands before its last `@`.
public struct PublicURL: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ url: String) {
    let bytes = Array(url.utf8)
    let end = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.count
    var authority = 0
    if let slash = bytes[..<end].firstIndex(of: UInt8(ascii: "/")), slash > 0, bytes[slash - 1] == UInt8(ascii: ":"),
      slash + 1 < end, bytes[slash + 1] == UInt8(ascii: "/")
    {
      authority = slash + 2
    }
    let authorityEnd = bytes[authority..<end].firstIndex(of: UInt8(ascii: "/")) ?? end
    let host = bytes[authority..<authorityEnd].lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? authority
    description = String(decoding: bytes[..<authority] + bytes[host..<end], as: UTF8.self)
  }
}
