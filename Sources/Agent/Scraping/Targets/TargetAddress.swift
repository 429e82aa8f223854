/// The `__address__` of a target: a host, and a port perhaps.
///
/// Source: Prometheus' `PopulateLabels` and Go's `net.SplitHostPort`: an IPv6 address stands in brackets.
enum TargetAddress {
  enum Form: Hashable {
    case withPort, withoutPort
    /// Why nobody can be reached there.
    case invalid(String)
  }

  static func form(_ address: String) -> Form {
    let bytes = Array(address.utf8)
    guard !bytes.isEmpty else { return .invalid("the target has no __address__") }
    // An address comes from outside, and what stands around it in the URL isn't its to say.
    if bytes.contains(where: { $0 <= 0x20 || $0 == 0x7f || forbidden.contains($0) }) {
      return .invalid("__address__ is a host and a port, and '\(address.prefix(80))' has more")
    }
    let rest: ArraySlice<UInt8>
    if bytes[0] == UInt8(ascii: "[") {
      guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return unbalanced(address) }
      rest = bytes[(close + 1)...]
      if rest.isEmpty { return .withoutPort }
      guard rest.first == UInt8(ascii: ":") else { return unbalanced(address) }
    } else {
      rest = bytes[...]
    }
    switch rest.count(where: { $0 == UInt8(ascii: ":") }) {
    case 0: return .withoutPort
    case 1: return .withPort
    default: return unbalanced(address)
    }
  }

  private static let forbidden = Set("/?#@\\%\"<>^`{|}".utf8)

  private static func unbalanced(_ address: String) -> Form {
    .invalid("'\(address.prefix(80))' is no host and port; an IPv6 address stands in brackets")
  }
}
