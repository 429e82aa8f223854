/// An IPv4 network in CIDR notation.
public struct IPv4Network: Hashable, Sendable {
  public let address: UInt32
  public let prefixLength: Int

  /// `nil` where an octet is over 255 or the prefix over 32.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let prefix = Int(parts[1]), (0...32).contains(prefix) else { return nil }
    let octets = parts[0].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard octets.count == 4 else { return nil }
    var address: UInt32 = 0
    for octet in octets {
      guard let octet else { return nil }
      address = address << 8 | UInt32(octet)
    }
    self.address = address
    prefixLength = prefix
  }

  public func overlaps(_ other: IPv4Network) -> Bool {
    let shorter = min(prefixLength, other.prefixLength)
    let mask: UInt32 = shorter == 0 ? 0 : ~0 << (32 - UInt32(shorter))
    return address & mask == other.address & mask
  }
}
