/// What is asked of a server's certificate, and which one is shown to it.
public struct TLSSettings: Sendable, Hashable {
  /// Protocol versions on offer; older ones have known weaknesses (RFC 8996).
  public enum Version: Int, Sendable, Comparable {
    case tls12 = 2, tls13 = 3

    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
  }

  /// Authorities in PEM; without it those of the system.
  public var authorityFile: String?
  public var certificateFile: String?
  public var keyFile: String?
  /// The name to ask for and to find in the certificate, where it isn't the host of the URL.
  public var serverName: String?
  public var oldest: Version = .tls12
  public var newest: Version?
  /// Only for a scrape whose configuration says `insecure_skip_verify`: whoever answers is believed.
  public var isUnverified = false

  public init() {}
}
