import Agent
import Model
import Transport

/// The requests that go to one destination, from what the model says of the way there.
struct DestinationRequests {
  /// For every destination, in the order of the senders.
  static func all(_ model: Configuration, toolVersion: String) -> [DestinationRequests] {
    model.destinationNames.map { DestinationRequests(model.toward($0), toolVersion: toolVersion) }
  }

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
  private var authorization: Authorization
  /// For requests that are signed.
  private let region: String?
  private let tls: TLSSettings

  /// - Parameter model: with the destination in the centre's place.
  init(_ model: Configuration, toolVersion: String) {
    let kind = model[Settings.centralKind]
    let base = model[Settings.centralURL]
    writeURL = model.writeURL
    healthURL = base + kind.healthPath
    instantURL = kind.queryPath.map { base + $0 }
    questionURL = kind.queryRangePath.map { base + $0 }
    timeoutMilliseconds = model[Settings.remoteTimeout].milliseconds
    checkTimeoutMilliseconds = model[Settings.checkTimeout].milliseconds
    self.toolVersion = toolVersion
    tenant = kind.tenantHeader.map { (name: $0, value: model[Settings.centralTenant]) }
    authorization = Authorization(model)
    region = model[Settings.centralAuthentication] == .sigv4 ? model[Settings.centralSigningRegion] : nil
    tls = TLSSettings(model)
  }

  /// Signs requests from now on, if they are to be signed. Without keys they go unsigned, and the receiver says so.
  mutating func sign(_ keys: (_ region: String) -> AWSKeys?) {
    guard let region, let keys = keys(region) else { return }
    authorization = .aws(
      AWSSignature(
        region: region,
        accessKey: keys.accessKey,
        secretKey: Secret(keys.secretKey),
        sessionToken: keys.sessionToken.map(Secret.init)
      )
    )
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

extension TLSSettings {
  init(_ model: Configuration) {
    self.init()
    for file in model[Settings.centralTLS].files {
      switch file {
      case .authority: authorityFile = model.path(of: file)
      case .certificate: certificateFile = model.path(of: file)
      case .key: keyFile = model.path(of: file)
      case .password, .token: break
      }
    }
  }
}

extension Authorization {
  init(_ model: Configuration) {
    switch model[Settings.centralAuthentication] {
    case .none, .sigv4: self = .none
    case .basic:
      self = .basic(
        username: .value(Secret(model[Settings.centralUsername])),
        password: .file(model.path(of: CentralSecret.File.password))
      )
    case .bearer: self = .token(.file(model.path(of: CentralSecret.File.token)))
    }
  }
}
