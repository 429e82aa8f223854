/// What is asked of a server's certificate, and which one is shown to it.
package struct TLSSettings: Sendable, Hashable {
  /// Protocol versions on offer; older ones have known weaknesses (RFC 8996).
  package enum Version: Int, Sendable, Comparable {
    case tls12 = 2, tls13 = 3

    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
  }

  /// Authorities in PEM; without it those of the system.
  package var authorityFile: String?
  package var certificateFile: String?
  package var keyFile: String?
  /// The name to ask for and to find in the certificate, where it isn't the host of the URL.
  package var serverName: String?
  package var oldest: Version = .tls12
  package var newest: Version?
  /// Only for a scrape whose configuration says `insecure_skip_verify`: whoever answers is believed.
  package var isUnverified = false

  package init() {}
}
