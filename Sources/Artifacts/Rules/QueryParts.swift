import Document
import Model

/// The job that scrapes the agents themselves; rules and panels know an agent by it.
public let agentJobName = "prometheus-agent"

/// What a series of one queue is told apart by: the external labels, the agent, and its remote_write.
let queueLabels = ["cluster", "node", "instance", "remote_name", "url"]

/// The pieces that rules and panels share, for one scope.
struct QueryParts<S: Scope> {
  let scope: S

  var hasDurableQueue: Bool { scope[Settings.collector].hasDurableQueue }

  /// The window for rates. A batch is counted as retried only when its wait is over, so a window of less than four
  /// of the longest waits can hold one count or none.
  var rateWindow: PromQL<S.H> {
    let fourWaits = scope.seconds(Settings.maxBackoff) * .known(4)
    return "\(scope.share("rate_window_seconds", fourWaits.maximum(.known(300)).floor))s"
  }

  var retriedRate: PromQL<S.H> { rate(.samplesRetried) }
  var failedRate: PromQL<S.H> { rate(.samplesFailed) }

  /// Samples in memory, of what memory holds.
  var queueFill: PromQL<S.H> {
    let (pending, capacity, shards) = (sum(.samplesPending), sum(.shardCapacity), sum(.shards))
    return "\(pending) / (\(capacity) * \(shards))"
  }

  /// Unsent bytes on disk, of what the disk's share holds.
  var diskFill: PromQL<S.H> { "\(sum(.queueBytes)) / \(sum(.queueLimitBytes))" }

  /// How old the newest sample is that the centre has from a queue, in seconds. The clock is the reference: the time of
  /// the newest sample that reached a shard stops with the shards when they are full.
  var sendLag: PromQL<S.H> {
    "time() - max by (\(labels)) (max_over_time(\(scope.name(.queueHighestSent))[5m]))"
  }

  /// How old the oldest sample is that waits on disk, in seconds.
  var backlogAge: PromQL<S.H> {
    "time() - max by (\(labels)) (max_over_time(\(scope.name(.queueOldest))[5m]))"
  }

  /// Attempts that were neither retried nor refused: what got through.
  var delivered: PromQL<S.H> {
    "(\(increase(.samplesSent)) - \(increase(.samplesRetried)) - \(increase(.samplesFailed)))"
  }

  var droppedMatcher: PromQL<S.H> {
    // Before 2.50 the reason is not told apart; what is rendered here drops nothing on purpose.
    scope[Settings.prometheusVersion] < PrometheusVersion(2, 50)
      ? "" : #"{reason=~"too_old|unintentionally_dropped_series"}"#
  }

  var labels: PromQL<S.H> { PromQL(Text(queueLabels.joined(separator: ", "))) }

  func sum(_ metric: Metric) -> PromQL<S.H> { "sum by (\(labels)) (\(scope.name(metric)))" }

  func rate(_ metric: Metric) -> PromQL<S.H> {
    "sum by (\(labels)) (rate(\(scope.name(metric))[\(rateWindow)]))"
  }

  func increase(_ metric: Metric, matching matcher: PromQL<S.H> = "", over window: PromQL<S.H>? = nil) -> PromQL<S.H> {
    "sum by (\(labels)) (increase(\(scope.name(metric))\(matcher)[\(window ?? rateWindow)]))"
  }

  func state(_ state: PartitionState, by labels: PromQL<S.H>) -> PromQL<S.H> {
    "max by (\(labels)) (\(scope.name(.partitionState)){state=\(quoted: Text(state.rawValue))})"
  }
}
