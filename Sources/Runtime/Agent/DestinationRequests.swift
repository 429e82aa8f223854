import Agent
import Model
import Transport

/// The requests that go to one destination, from what the model says of the way there.
struct DestinationRequests {
  /// Where samples are posted.
  let writeURL: String
  /// What is asked whether the centre is well.
  let healthURL: String
  /// Where range queries are posted; nothing where the centre answers none.
  private let questionURL: String?
  private let instantURL: String?
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
    instantURL = kind.queryPath.map { base + $0 }
    questionURL = kind.queryRangePath.map { base + $0 }
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

  /// A range query.
  /// - Parameter form: its fields, as a form.
  func question(_ form: [UInt8]) -> HTTPRequest? {
    questionURL.map { query($0, form) }
  }

  private func query(_ url: String, _ form: [UInt8]) -> HTTPRequest {
    var request = HTTPRequest(
      .post,
      url,
      headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")] + (tenant.map { [$0] } ?? []),
      body: form,
      timeoutMilliseconds: Self.questionTimeoutMilliseconds,
      connectTimeoutMilliseconds: Self.connectTimeoutMaxMilliseconds,
      answerByteCountMax: Self.questionAnswerByteCountMax
    )
    request.excess = .fail
    request.acceptsGzip = true
    return trusted(request)
  }

  /// A query at one moment.
  /// - Parameter time: milliseconds since 1970.
  func instantQuery(_ expression: String, at time: Int64) -> HTTPRequest? {
    guard let instantURL else { return nil }
    let fraction = String(time % 1000)
    var form = Array(
      "time=\(time / 1000).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction)&query=".utf8
    )
    FormText.append(expression, to: &form)
    return query(instantURL, form)
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
  private static let questionTimeoutMilliseconds = 60_000
  /// 32 series of 1000 points, each of about 30 bytes, and their labels.
  private static let questionAnswerByteCountMax = 4 << 20
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
