import Agent
import Model
import Transport

/// The requests that go to one destination, from what the model says of the way there.
struct DestinationRequests {
  /// Where samples are posted.
  let writeURL: String
  /// What is asked whether the centre is well.
  let healthURL: String
  private let timeoutMilliseconds: Int
  private let checkTimeoutMilliseconds: Int
  private let toolVersion: String
  private let tenant: (name: String, value: String)?
  private let authorization: Authorization
  private let tls: TLSSettings

  init(_ model: Configuration, toolVersion: String) {
    let base = model[Settings.centralURL].withoutTrailingSlashes
    let kind = model[Settings.centralKind]
    writeURL = base + kind.remoteWritePath
    healthURL = base + kind.healthPath
    timeoutMilliseconds = model[Settings.remoteTimeout].milliseconds
    checkTimeoutMilliseconds = model[Settings.checkTimeout].milliseconds
    self.toolVersion = toolVersion
    tenant = kind.tenantHeader.map { (name: $0, value: model[Settings.centralTenant]) }
    authorization = Authorization(model, signing: AWSCredentials.ofEnvironment())
    tls = TLSSettings(model[Settings.centralTLS])
  }

  func write(_ request: SendRequest) -> HTTPRequest {
    trusted(
      HTTPRequest(
        .post,
        writeURL,
        headers: RequestHeaders.headers(for: request, custom: tenant.map { [$0] } ?? [], toolVersion: toolVersion),
        body: request.body,
        timeoutMilliseconds: timeoutMilliseconds,
        connectTimeoutMilliseconds: min(timeoutMilliseconds, Self.connectTimeoutMaxMilliseconds),
        answerByteCountMax: Self.answerByteCountMax
      )
    )
  }

  func probe() -> HTTPRequest {
    trusted(HTTPRequest(.get, writeURL, timeoutMilliseconds: checkTimeoutMilliseconds))
  }

  func healthCheck() -> HTTPRequest {
    trusted(
      HTTPRequest(
        .get,
        healthURL,
        headers: tenant.map { [$0] } ?? [],
        timeoutMilliseconds: checkTimeoutMilliseconds,
        connectTimeoutMilliseconds: checkTimeoutMilliseconds,
        answerByteCountMax: Self.answerByteCountMax
      )
    )
  }

  /// The request with what the centre asks to see.
  private func trusted(_ request: HTTPRequest) -> HTTPRequest {
    var request = request
    request.authorization = authorization
    request.tls = tls
    return request
  }

  private static let connectTimeoutMaxMilliseconds = 10_000
  private static let answerByteCountMax = 65_536
}

extension String {
  fileprivate var withoutTrailingSlashes: String {
    var text = Substring(self)
    while text.hasSuffix("/") { text.removeLast() }
    return String(text)
  }
}

extension TLSSettings {
  init(_ trust: CentralTLS) {
    self.init()
    for file in trust.files {
      switch file {
      case .authority: authorityFile = file.path
      case .certificate: certificateFile = file.path
      case .key: keyFile = file.path
      case .password, .token: break
      }
    }
  }
}

extension Authorization {
  /// - Parameter credentials: for `sigv4`; without any, requests go unsigned, and the centre says so.
  init(_ model: Configuration, signing credentials: AWSCredentials?) {
    switch model[Settings.centralAuthentication] {
    case .none: self = .none
    case .basic:
      self = .basic(
        username: model[Settings.centralUsername],
        password: .file(CentralSecret.File.password.path)
      )
    case .bearer: self = .token(.file(CentralSecret.File.token.path))
    case .sigv4:
      guard let credentials else {
        self = .none
        return
      }
      self = .aws(
        AWSSignature(
          region: model[Settings.centralSigningRegion],
          accessKey: credentials.accessKey,
          secretKey: credentials.secretKey,
          sessionToken: credentials.sessionToken
        )
      )
    }
  }
}
