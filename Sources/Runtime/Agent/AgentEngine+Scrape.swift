import Agent
import Threads
import Transport

extension AgentEngine {
  func fetch(_ scrape: ScrapeRequest) {
    var request = HTTPRequest(
      .get,
      scrape.url,
      headers: scrape.headers,
      timeoutMilliseconds: Int(scrape.timeoutMilliseconds),
      connectTimeoutMilliseconds: Int(scrape.timeoutMilliseconds),
      answerByteCountMax: scrape.bodyByteCountMax
    )
    request.excess = .fail
    request.acceptsGzip = scrape.acceptsGzip
    request.authorization = Authorization(scrape.authorization)
    request.tls = TLSSettings(scrape.tls)
    request.addressPolicy = .notLinkLocal
    let id = scrape.id
    fetches[id] = network.submit(request) { [mailbox] result in mailbox.post(.fetched(id: id, result)) }
  }

  func cancelFetch(_ id: UInt64) {
    if let number = fetches.removeValue(forKey: id) { network.cancel(number) }
  }
}

extension ScrapeResult {
  init(_ result: Result<HTTPAnswer, TransportFailure>) {
    switch result {
    case .success(let answer):
      self = .answer(status: answer.status, contentType: answer.header("content-type"), body: answer.body)
    case .failure(let failure): self = .failure(ScrapeFailure.Reason(failure.kind), message: failure.message)
    }
  }
}

extension ScrapeFailure.Reason {
  fileprivate init(_ kind: TransportFailure.Kind) {
    switch kind {
    case .resolve, .connect, .refusedAddress: self = .connection
    case .timeout: self = .timeout
    case .tls: self = .tls
    case .tooLarge: self = .limit
    case .cancelled, .other: self = .other
    }
  }
}

extension Authorization {
  init(_ scrape: ScrapeAuthorization) {
    switch scrape {
    case .none: self = .none
    case .basic(let username, let usernameFile, let passwordFile):
      self = .basic(
        username: usernameFile.map(Credential.file) ?? .value(Secret(username)),
        password: passwordFile.map(Credential.file) ?? .value(Secret(""))
      )
    case .header(let scheme, let file): self = .token(type: scheme, .file(file))
    }
  }
}

extension TLSSettings {
  init(_ scrape: ScrapeTLS) {
    self.init()
    authorityFile = scrape.caFile
    certificateFile = scrape.certificateFile
    keyFile = scrape.keyFile
    serverName = scrape.serverName
    if scrape.minimumVersion == "TLS13" { oldest = .tls13 }
    if scrape.maximumVersion == "TLS12" { newest = .tls12 }
  }
}
