/// What a receiver's address and its kind say against each other, and against what is secret.
extension Diagnostic {
  static func centralAddressMissing(_ model: Configuration) -> Diagnostic {
    Diagnostic(
      .warning,
      "central-address",
      "\(model.named(Settings.centralKind.info)) is reached at the central Prometheus' address, \(model[Settings.centralURL])",
      among: [Settings.centralKind.info],
      of: model,
      help: "write its own address into \(model.path(of: Settings.centralURL.info))"
    )
  }

  static func centreUnsigned(_ model: Configuration) -> Diagnostic {
    let authentication = Settings.centralAuthentication.info
    return Diagnostic(
      .error,
      "central-auth",
      "Amazon's service takes signed requests only, and \(model.named(authentication)) signs none",
      among: [authentication, Settings.centralKind.info],
      of: model
    ).mended(in: model, by: [.set(authentication, CentralAuthentication.sigv4.scalar)], otherwise: "leave it out")
  }

  static func secretInTheClear(_ model: Configuration) -> Diagnostic {
    let (url, authentication) = (Settings.centralURL.info, Settings.centralAuthentication.info)
    return Diagnostic(
      .warning,
      "central-plaintext",
      "\(model.named(authentication)) sends a secret over \(model[Settings.centralURL]), where anybody on the way can read it",
      among: [url, authentication],
      of: model
    ).mended(in: model, by: [.set(url, .text(model.urlOverTLS))])
  }

  static func certificatesUnused(_ model: Configuration) -> Diagnostic {
    let (url, tls) = (Settings.centralURL.info, Settings.centralTLS.info)
    return Diagnostic(
      .warning,
      "central-plaintext",
      "\(model.named(tls)) is about certificates, and \(model[Settings.centralURL]) is reached without any",
      among: [tls, url],
      of: model
    ).mended(
      in: model,
      by: [
        .set(url, .text(model.urlOverTLS)),
        model.isReceiverInCluster ? .set(tls, CentralTLS.system.scalar) : nil,
      ]
    )
  }

  static func centreOpen(_ model: Configuration) -> Diagnostic {
    let url = Settings.centralURL.info
    return Diagnostic(
      .warning,
      "central-plaintext",
      "samples leave the cluster in plain text for \(model[Settings.centralURL]), where anybody on the way can read and change them",
      among: [url],
      of: model
    ).mended(
      in: model,
      by: [.set(url, .text(model.urlOverTLS))],
      otherwise: "where it is a Service of this cluster, write its name with .svc"
    )
  }
}

extension Configuration {
  /// The receiver's address over TLS.
  fileprivate var urlOverTLS: String {
    "https://" + String(decoding: self[Settings.centralURL].utf8.dropFirst("http://".utf8.count), as: UTF8.self)
  }
}
