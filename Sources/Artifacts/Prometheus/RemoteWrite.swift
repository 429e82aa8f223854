import Document
import Model

extension CentralKind {
  /// Where the kind takes remote write, below `central.url`.
  package var remoteWritePath: String {
    switch self {
    case .prometheus, .victoriametrics: "/api/v1/write"
    case .mimir: "/api/v1/push"
    case .thanosReceive: "/api/v1/receive"
    case .amp: "/api/v1/remote_write"
    }
  }
}

/// The name of the remote_write towards the centre. The runbook's `grep remote_write` over an agent's log finds its
/// lines by it.
package let centralQueueName = "remote_write_central"

/// The name of the remote_write that hands everything to rescfg in the same pod.
package let loopbackQueueName = "rescfg_queue"

/// The agent's one remote_write: to the queue in its own pod, or straight to the centre.
func remoteWrite<S: Scope>(_ scope: S) -> Tree<S.H> {
  switch scope[Settings.collector] {
  case .prometheus: loopbackRemoteWrite(scope)
  case .rescfg, .prometheusOnly: centralRemoteWrite(scope)
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

private func centralRemoteWrite<S: Scope>(_ scope: S) -> Tree<S.H> {
  let version = scope[Settings.prometheusVersion]
  let kind = scope[Settings.centralKind]
  var ageLimit: [Tree<S.H>.Entry] = []
  if version >= PrometheusVersion(2, 50) {
    ageLimit.append(
      .init(
        "sample_age_limit",
        .text(scope.text(Settings.outOfOrderWindow)),
        comment: "One sample older than the centre's window would have its whole request refused"
      )
    )
  }
  var entries: [Tree<S.H>.Entry] = [
    .init("url", .text(scope.text(Settings.centralURL) + Text(kind.remoteWritePath))),
    .init("name", "\(centralQueueName)"),
    .init("remote_timeout", .text(scope.text(Settings.remoteTimeout))),
    .init("follow_redirects", false),
  ]
  if scope[Settings.remoteWriteProtocol] == .v2, version >= PrometheusVersion(2, 54) {
    entries.append(.init("protobuf_message", "io.prometheus.write.v2.Request"))
  }
  if kind == .amp {
    entries.append(.init("sigv4", ["region": .text(scope.text(Settings.region))]))
  }
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
