import Document
import Model

/// What the runbook says differently where rescfg's durable queue is in the pod and where Prometheus is alone.
struct QueueProse {
  typealias Text = Document.Text<Never>

  let guarantee: Text
  let localView: Text
  let depthNote: Text
  let fullQueue: Text
  let slowDrain: Text
  let drainEstimate: Text
  let sync: Text
  let beforeRestart: Text
  let isLossCounted: Text
  let freshSamples: Text
  let bandwidthBound: Text

  static func durable(_ scope: Baked) -> QueueProse {
    QueueProse(
      guarantee: Template(PackageResources.guarantee_durable_md).filled(["durability": durability(scope)]),
      localView: "It shows the queue and answers queries of what this node holds, during a partition too.",
      depthNote: "Both are about the queue on disk; the streams' memory is full in every partition.",
      fullQueue: """
        a long partition. Nothing is lost before the disk (\(scope.text(Settings.storageSize))) or the centre's window is \
        used up: compare its age with both.
        """,
      slowDrain:
        "the backlog is sent at \(scope.text(Settings.drainRate)) samples a second at most (`remote_write.drain_rate`).",
      drainEstimate: drainEstimate(scope),
      sync: """
        The job asks every agent to compare what it collected with what the centre has. An agent that it can't reach is \
        named in its log.
        """,
      beforeRestart: """
        A restart loses nothing, but a queue that is thrown away does, and so does a deleted pod where the queue is as old \
        as the pod: export first.
        """,
      isLossCounted: ", and each one is counted",
      freshSamples: ": only the backlog waits, fresh samples go first",
      bandwidthBound: "`remote_write.drain_rate`, \(scope.text(Settings.drainRate)) samples a second from each node"
    )
  }

  static var prometheusOnly: QueueProse {
    QueueProse(
      guarantee: Template(PackageResources.guarantee_prometheus_only_md).filled([:]),
      localView:
        "It shows targets and `/metrics`. Agent mode answers no queries: read the metrics below off that page.",
      depthNote: """
        The first is about memory only, and near 1 in every partition. How much is unsent in the log has no metric; the \
        second is how long nothing was sent.
        """,
      fullQueue: """
        loss may have begun: the log is cut unsent. Restore the path; nothing else helps, and a restart makes it worse.
        """,
      slowDrain: "Prometheus sends in order, the oldest first, as fast as its streams and the centre allow.",
      drainEstimate:
        "Fresh samples wait behind the backlog, so that alerts at the centre see the past until it is through.",
      sync: "The job reports gaps at the centre; Prometheus has no way to send again what it did not send.",
      beforeRestart: """
        **A restart loses every unsent sample.** Wait for the path to the centre instead, unless the agent's log says \
        that its write-ahead log is corrupted.
        """,
      isLossCounted: ", and no metric counts them",
      freshSamples: ": they wait behind the backlog",
      bandwidthBound: "the number of streams and the centre"
    )
  }

  private static func durability(_ scope: Baked) -> Text {
    switch scope[Settings.durability] {
    case .interval: "which may take up to the last \(scope.text(Settings.fsyncInterval))"
    case .always: "which takes nothing that was acknowledged"
    }
  }

  /// Samples that a node queues during the longest partition, and how long they take to send.
  private static func drainEstimate(_ scope: Baked) -> Text {
    let survive = scope.seconds(Settings.survive)
    let interval = scope.seconds(Settings.scrapeInterval)
    let series = scope[Settings.seriesPerNode]
    let rate = scope[Settings.drainRate]
    let backlog = survive.value * Double(series.value) / interval.value
    let origins = survive.origins.union(interval.origins).union(series.origins)
    let samples = Term<Int, Never>.known(Int(backlog.rounded()), from: origins)
    let minutes = Term<Int, Never>.known(
      Int((backlog / Double(rate.value) / 60).rounded(.up)),
      from: origins.union(rate.origins)
    )
    return """
      After a partition of \(scope.text(Settings.survive)) a node has about \(samples) samples queued, which take about \
      \(minutes) minutes.
      """
  }
}
