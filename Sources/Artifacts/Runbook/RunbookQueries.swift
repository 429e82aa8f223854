import Document
import Model

/// The queries that the runbook hands out: the parts that rules and panels are made of.
struct RunbookQueries {
  typealias Text = Document.Text<Never>

  let retryRate: Text
  let depth: Text
  let failedRate: Text
  let fill: Text
  /// How old what waits is, in seconds.
  let oldest: Text
  /// Samples there are, of those there should be: 1 where nothing is missing.
  let gaps: Text

  init(_ scope: Baked) {
    let parts = QueryParts(scope: scope)
    let interval = scope.seconds(Settings.scrapeInterval)
    let perHour = Term<Int, Never>.known(Int(3600 / interval.value), from: interval.origins)
    let gaps: PromQL<Never> =
      "count_over_time(\(scope.name(.up)){job=\(quoted: "kubernetes-nodes")}[1h]) / \(perHour)"
    retryRate = parts.retriedRate.text
    depth = parts.sum(.samplesPending).text
    failedRate = parts.failedRate.text
    fill = (parts.hasDurableQueue ? parts.diskFill : parts.queueFill).text
    oldest = (parts.hasDurableQueue ? parts.backlogAge : parts.sendLag).text
    self.gaps = gaps.text
  }
}
