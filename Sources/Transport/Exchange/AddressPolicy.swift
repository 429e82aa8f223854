/// Which addresses a request may reach.
///
/// It is asked of the address that is connected to, after the name was resolved: a name that answers differently the second time gets nothing by it.
public enum AddressPolicy: Sendable, Hashable {
  case any
  /// Not the addresses of one's own link, where cloud platforms serve credentials: 169.254.0.0/16 (RFC 3927), fe80::/10 (RFC 4291), the same
  /// IPv4 block inside IPv6 (mapped, compatible, NAT64 of RFC 6052), and fd00:ec2::254, the metadata service of Amazon EC2 over IPv6.
  case notLinkLocal

  /// Asks for an address of 4 or 16 bytes in network order; any other length is refused.
  public func allows(_ address: some Collection<UInt8>) -> Bool {
    switch self {
    case .any: return true
    case .notLinkLocal:
      let bytes = Array(address)
      switch bytes.count {
      case 4: return !isLinkLocal4(bytes[...])
      case 16: return !isLinkLocal6(bytes)
      default: return false
      }
    }
  }
}

private let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
private let compatible: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
private let translated: [UInt8] = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]
private let amazonMetadata: [UInt8] = [0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54]

private func isLinkLocal4(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: [169, 254]) }

private func isLinkLocal6(_ bytes: [UInt8]) -> Bool {
  if bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80 || bytes == amazonMetadata { return true }
  let holdsFour = [mapped, compatible, translated].contains { bytes.starts(with: $0) }
  return holdsFour && isLinkLocal4(bytes[12...])
}
