import Document
import Model

/// The name of the remote_write towards the centre. The runbook's `grep remote_write` over an agent's log finds its
/// lines by it.
public let centralQueueName = Destination.queueName(Destination.centre)

/// The name of the remote_write that hands everything to rescfg in the same pod.
public let loopbackQueueName = "rescfg_queue"

/// The agent's remote_write: one, to the queue in its own pod, or one for each destination, the centre first.
func remoteWrite<S: Scope>(_ scope: S) -> [Tree<S.H>] {
  switch scope[Settings.collector] {
  case .prometheus: [loopbackRemoteWrite(scope)]
  case .rescfg, .prometheusOnly: scope.destinations.map(destinationRemoteWrite)
  }
}

private func loopbackRemoteWrite<S: Scope>(_ scope: S) -> Tree<S.H> {
  .mapping([
    .init(
      "url",
      "http://127.0.0.1:9095/api/v1/write",
      comment: "rescfg in this pod, which writes to disk before it answers; it sends on to the centre"
    ),
    .init("name", "\(loopbackQueueName)"),
    .init("remote_timeout", .text(scope.text(Settings.remoteTimeout))),
    .init("follow_redirects", false),
    .init(
      "queue_config",
      // Whether the centre's 429 are retried is rescfg's to decide; its own only mean "later".
      queueConfig(scope, retriesRateLimit: true)
    ),
    .init("metadata_config", metadataConfig(scope)),
  ])
}

private func destinationRemoteWrite<S: Scope>(_ scope: S) -> Tree<S.H> {
  let version = scope[Settings.prometheusVersion]
  var ageLimit: [Tree<S.H>.Entry] = []
  if version >= PrometheusVersion(2, 50) {
    ageLimit.append(
      .init(
        "sample_age_limit",
        .text(oldestSample(scope)),
        comment: "One sample older than the centre's window would have its whole request refused"
      )
    )
  }
  var entries: [Tree<S.H>.Entry] = [
    .init("url", .text(scope.writeURL)),
    .init("name", .text(Text(Destination.queueName(scope.configuration.destinationName)))),
    .init("remote_timeout", .text(scope.text(Settings.remoteTimeout))),
    .init("follow_redirects", false),
  ]
  if scope[Settings.remoteWriteProtocol] == .v2, version >= PrometheusVersion(2, 54) {
    entries.append(.init("protobuf_message", "io.prometheus.write.v2.Request"))
  }
  entries += centralAccess(scope)
  entries += [
    .init("queue_config", queueConfig(scope, retriesRateLimit: nil).adding(ageLimit)),
    .init("metadata_config", metadataConfig(scope)),
  ]
  return .mapping(entries)
}

/// - Parameter retriesRateLimit: in place of the setting.
private func queueConfig<S: Scope>(_ scope: S, retriesRateLimit: Bool?) -> Tree<S.H> {
  .mapping([
    .init(
      "capacity",
      .integer(scope[Settings.queueCapacity]),
      comment: "Samples of each shard in memory; what rides out a partition is on disk"
    ),
    .init("max_shards", .integer(scope[Settings.maxShards])),
    .init("max_samples_per_send", .integer(scope[Settings.maxSamplesPerSend])),
    .init("batch_send_deadline", .text(scope.text(Settings.batchSendDeadline))),
    .init("min_backoff", .text(scope.text(Settings.initialBackoff))),
    .init("max_backoff", .text(scope.text(Settings.maxBackoff))),
    .init("retry_on_http_429", .boolean(retriesRateLimit.map { .known($0) } ?? scope[Settings.retryOnRateLimit])),
  ])
}

private func metadataConfig<S: Scope>(_ scope: S) -> Tree<S.H> {
  ["send": true, "send_interval": .text(scope.text(Settings.metadataSendInterval))]
}

/// What requests to the centre carry, in Prometheus' words.
private func centralAccess<S: Scope>(_ scope: S) -> [Tree<S.H>.Entry] {
  func file(_ file: CentralSecret.File) -> Tree<S.H> { .text(Text(scope.configuration.path(of: file))) }
  var entries: [Tree<S.H>.Entry] = []
  switch scope[Settings.centralAuthentication] {
  case .none: break
  case .basic:
    entries.append(
      .init("basic_auth", ["username": .text(scope.text(Settings.centralUsername)), "password_file": file(.password)])
    )
  case .bearer: entries.append(.init("authorization", ["credentials_file": file(.token)]))
  case .sigv4: entries.append(.init("sigv4", ["region": .text(scope.text(Settings.centralSigningRegion))]))
  }
  switch scope[Settings.centralTLS] {
  case .system: break
  case .privateAuthority: entries.append(.init("tls_config", ["ca_file": file(.authority)]))
  case .mutual:
    entries.append(
      .init(
        "tls_config",
        ["ca_file": file(.authority), "cert_file": file(.certificate), "key_file": file(.key)]
      )
    )
  }
  if let header = scope[Settings.centralKind].tenantHeader {
    entries.append(.init("headers", .mapping([.init(header, .text(scope.text(Settings.centralTenant)))])))
  }
  return entries
}

/// How old a sample may be that is still sent. Prometheus takes 0s for no limit, and a centre without a window takes an hour.
private func oldestSample<S: Scope>(_ scope: S) -> Text<S.H> {
  let hasNoWindow = scope.seconds(Settings.outOfOrderWindow).floor < 1
  return Text(hasNoWindow.choosing(.known("1h"), else: scope.text(Settings.outOfOrderWindow).term), .word)
}
