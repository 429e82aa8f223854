import Document
import Model

/// The queries that the runbook hands out.
struct RunbookQueries {
  typealias Text = Document.Text<Never>

  let retryRate: Text
  let depth: Text
  let failedRate: Text
  let fill: Text
  let oldest: Text
  /// Samples there are, of those there should be: 1 where nothing is missing.
  let gaps: Text

  init(_ scope: Baked) {
    let perHour = Term<Int, Never>.known(
      Int(3600 / scope.seconds(Settings.scrapeInterval).value),
      from: scope.seconds(Settings.scrapeInterval).origins
    )
    retryRate = "sum by (node) (rate(prometheus_remote_storage_samples_retried_total[5m]))"
    depth = "sum by (node) (prometheus_remote_storage_samples_pending)"
    failedRate = "sum by (node) (rate(prometheus_remote_storage_samples_failed_total[5m]))"
    fill =
      "prometheus_remote_storage_samples_pending / (prometheus_remote_storage_shard_capacity * prometheus_remote_storage_shards)"
    oldest = "time() - prometheus_remote_storage_queue_highest_sent_timestamp_seconds"
    gaps = "count_over_time(up{job=\"kubernetes-nodes\"}[1h]) / \(perHour)"
  }
}
