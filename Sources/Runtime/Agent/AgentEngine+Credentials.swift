import Agent
import Glibc
import Model
import Threads
import Transport

/// Keys for the destinations that want signed requests: fetched beside everything else, so that what is on its way waits for nobody.
struct SigningKeys {
  /// One for each region that destinations are in, as its keys may come from there.
  var renewals: [String: AWSCredentialRenewal] = [:]
  var keys: [String: AWSKeys] = [:]

  var nextStep: Int64? { renewals.values.compactMap(\.nextStep).min() }
}

extension AgentEngine {
  /// Looks for keys for every destination that signs; those that are there stay.
  func takeSigning(_ model: Configuration, _ now: Moment) {
    for name in model.destinationNames {
      let way = model.toward(name)
      let region = way[Settings.centralSigningRegion]
      guard way[Settings.centralAuthentication] == .sigv4, signing.renewals[region] == nil else { continue }
      guard let source = AWSCredentialSource(region: region, variable) else {
        log(
          .error,
          .remoteWrite,
          "no AWS credentials in the environment",
          [.init("remote_name", Destination.queueName(name))]
        )
        continue
      }
      if case .environment(let keys) = source { signing.keys[region] = keys }
      signing.renewals[region] = AWSCredentialRenewal(source, seed: .random(in: 0 ... .max), now: now)
    }
    sign()
  }

  /// Fetches what is due.
  func renewKeys(_ now: Moment) {
    for region in signing.renewals.keys {
      guard signing.renewals[region]?.step(now: now) == true, let source = signing.renewals[region]?.source else {
        continue
      }
      guard let request = HTTPRequest(source) else {
        takeKeys(region, nil, "its token can't be read", now)
        continue
      }
      network.submit(request) { [mailbox] result in mailbox.post(.keysFetched(region: region, result)) }
    }
  }

  func takeKeys(_ region: String, _ result: Result<HTTPAnswer, TransportFailure>, _ now: Moment) {
    guard let source = signing.renewals[region]?.source else { return }
    switch result {
    case .success(let answer):
      let keys = answer.status == 200 ? AWSCredentialAnswer(answer.body, of: source) : nil
      takeKeys(region, keys, "the answer was \(answer.status) and held no keys", now)
    case .failure(let failure): takeKeys(region, nil, failure.message, now)
    }
  }

  private func takeKeys(_ region: String, _ answer: AWSCredentialAnswer?, _ problem: String, _ now: Moment) {
    signing.renewals[region]?.receive(answer, now: now)
    if let answer {
      signing.keys[region] = answer.keys
      sign()
    } else {
      log(.warning, .remoteWrite, "AWS credentials could not be fetched, the last ones stay", [.init("err", problem)])
    }
  }

  private func sign() {
    for index in targets.indices { targets[index].sign { signing.keys[$0] } }
  }
}

extension HTTPRequest {
  /// Nothing where the token's file can't be read.
  fileprivate init?(_ source: AWSCredentialSource) {
    switch source {
    case .environment: return nil
    case .container(let url, let token):
      self.init(.get, url, timeoutMilliseconds: Self.keysTimeoutMilliseconds)
      switch token {
      case .none: break
      case .value(let text): headers = [(name: "Authorization", value: text)]
      case .file(let path):
        guard let text = Self.token(path) else { return nil }
        headers = [(name: "Authorization", value: text)]
      }
    case .webIdentity(let endpoint, let role, let session, let file):
      guard let token = Self.token(file) else { return nil }
      let fields = [
        ("Action", "AssumeRoleWithWebIdentity"), ("Version", "2011-06-15"), ("RoleArn", role),
        ("RoleSessionName", session),
        ("WebIdentityToken", token),
      ]
      self.init(
        .post,
        endpoint,
        headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
        body: Array(fields.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&").utf8),
        timeoutMilliseconds: Self.keysTimeoutMilliseconds
      )
    }
    answerByteCountMax = AWSCredentialAnswer.byteCountMax
    excess = .fail
  }

  private static let keysTimeoutMilliseconds = 10_000

  private static func token(_ path: String) -> String? {
    guard let bytes = wholeFile(path) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(whereSeparator: \.isWhitespace).first.map(String.init)
  }
}

extension String {
  /// RFC 3986, 2.3: only what is unreserved stays.
  fileprivate var percentEncoded: String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

private func variable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
