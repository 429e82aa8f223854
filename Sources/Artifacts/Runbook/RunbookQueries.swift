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
    func query(_ expression: PromQL<Never>) -> Text { expression.text }
    let (pending, capacity) = (scope.name(.samplesPending), scope.name(.shardCapacity))
    retryRate = query("sum by (node) (rate(\(scope.name(.samplesRetried))[5m]))")
    depth = query("sum by (node) (\(pending))")
    failedRate = query("sum by (node) (rate(\(scope.name(.samplesFailed))[5m]))")
    fill = query("\(pending) / (\(capacity) * \(scope.name(.shards)))")
    oldest = query("time() - \(scope.name(.queueHighestSent))")
    gaps = query("count_over_time(\(scope.name(.up)){job=\"kubernetes-nodes\"}[1h]) / \(perHour)")
  }
}
