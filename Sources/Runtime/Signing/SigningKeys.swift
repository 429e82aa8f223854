import Agent
import Glibc
import Model
import Transport

/// Keys for the destinations that want signed requests: fetched beside everything else, so that what is on its way waits for nobody.
struct SigningKeys {
  /// One for each region that destinations are in, as its keys may come from there.
  private var renewals: [String: AWSCredentialRenewal] = [:]
  private var keys: [String: AWSKeys] = [:]
  /// Regions whose keys were asked for once, with an answer or without.
  private var answered: Set<String> = []

  /// When `due` has something to do, in monotonic milliseconds.
  var nextStep: Int64? { renewals.values.compactMap(\.nextStep).min() }

  /// Whether first keys are still to come.
  var isWaiting: Bool { renewals.keys.contains { keys[$0] == nil && !answered.contains($0) } }

  /// Looks for keys for every destination that signs; those that are there stay.
  /// - Returns: what to say in the log, where there are none.
  mutating func look(_ model: Configuration, _ names: [String], now: Moment) -> [LogLine] {
    var problems: [LogLine] = []
    for name in names {
      let way = model.toward(name)
      let region = way[Settings.centralSigningRegion]
      guard way[Settings.centralAuthentication] == .sigv4, renewals[region] == nil else { continue }
      guard let source = AWSCredentialSource(region: region, variable) else {
        let field = LogLine.Field("remote_name", Destination.queueName(name))
        problems.append(LogLine(.error, .remoteWrite, "no AWS credentials in the environment", [field]))
        continue
      }
      if case .environment(let found) = source { keys[region] = found }
      renewals[region] = AWSCredentialRenewal(source, seed: .random(in: 0 ... .max), now: now)
    }
    return problems
  }

  /// Fetches what is due.
  /// - Parameter completion: gets each region's outcome, which goes to `finish`.
  /// - Returns: what to say in the log of keys that can't be fetched.
  mutating func renew(
    over network: NetworkLoop,
    now: Moment,
    _ completion: @escaping @Sendable (_ region: String, Result<HTTPAnswer, TransportFailure>) -> Void
  ) -> [LogLine] {
    // At every step of an agent, of which few sign.
    if renewals.isEmpty { return [] }
    var problems: [LogLine] = []
    for region in renewals.keys.sorted() {
      guard renewals[region]?.step(now: now) == true, let source = renewals[region]?.source else { continue }
      if let request = HTTPRequest(source) {
        network.submit(request) { completion(region, $0) }
      } else {
        problems.append(fail(region, "its token can't be read", now))
      }
    }
    return problems
  }

  /// Takes what came of a fetch.
  /// - Returns: what to say in the log, where no keys came.
  mutating func finish(_ region: String, _ result: Result<HTTPAnswer, TransportFailure>, now: Moment) -> LogLine? {
    guard let source = renewals[region]?.source else { return nil }
    switch result {
    case .failure(let failure): return fail(region, failure.message, now)
    case .success(let answer):
      guard answer.status == 200, let given = AWSCredentialAnswer(answer.body, of: source) else {
        return fail(region, "the answer was \(answer.status) and held no keys", now)
      }
      answered.insert(region)
      renewals[region]?.receive(given, now: now)
      keys[region] = given.keys
      return nil
    }
  }

  /// Signs what goes to a destination from now on, if it is to be signed and there are keys.
  func sign(_ requests: inout DestinationRequests) { requests.sign { keys[$0] } }

  private mutating func fail(_ region: String, _ problem: String, _ now: Moment) -> LogLine {
    answered.insert(region)
    renewals[region]?.receive(nil, now: now)
    let field = LogLine.Field("err", problem)
    return LogLine(.warning, .remoteWrite, "AWS credentials could not be fetched, the last ones stay", [field])
  }
}

private func variable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
