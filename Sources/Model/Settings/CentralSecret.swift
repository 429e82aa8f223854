/// The files that hold what only the agents and a destination may know. They come from one Kubernetes Secret, `central.credentials`, whose keys have
/// the same names; no artifact holds their content.
public enum CentralSecret {
  public enum File: String, CaseIterable, Sendable {
    /// For `central.auth: basic`.
    case password
    /// For `central.auth: bearer`.
    case token
    /// Certificates of the authority that the centre's certificate comes from.
    case authority = "ca.crt"
    /// The certificate that the agents show, and its key.
    case certificate = "tls.crt"
    case key = "tls.key"
  }
}

extension CentralAuthentication {
  /// Which file it reads.
  public var file: CentralSecret.File? {
    switch self {
    case .none, .sigv4: nil
    case .basic: .password
    case .bearer: .token
    }
  }
}

extension CentralTLS {
  /// Which files it reads.
  public var files: [CentralSecret.File] {
    switch self {
    case .system: []
    case .privateAuthority: [.authority]
    case .mutual: [.authority, .certificate, .key]
    }
  }
}

extension Configuration {
  /// Where a pod finds the files of `central.credentials`.
  public var centralDirectory: String { "/etc/rescfg-\(destinationName)" }

  public func path(of file: CentralSecret.File) -> String { "\(centralDirectory)/\(file.rawValue)" }

  /// The files of `central.credentials` that requests to the centre need.
  public var centralFiles: [CentralSecret.File] {
    [self[Settings.centralAuthentication].file].compactMap { $0 } + self[Settings.centralTLS].files
  }
}
