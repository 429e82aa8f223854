/// What queries take from the cluster around: the scraper's own series, and kube-state-metrics.
extension Metric {
  public static let up = Metric("up", .gauge, "1 where the last scrape succeeded", from: .scrape)

  public static let nodeInfo = Metric(
    "kube_node_info",
    .gauge,
    "Always 1, for each node of the cluster",
    labels: ["node"],
    from: .kubeStateMetrics
  )
  public static let cronJobLastSuccess = Metric(
    "kube_cronjob_status_last_successful_time",
    .gauge,
    "When a job of the CronJob ended well, as a time",
    labels: ["namespace", "cronjob"],
    from: .kubeStateMetrics
  )
  public static let cronJobCreated = Metric(
    "kube_cronjob_created",
    .gauge,
    "When the CronJob was made, as a time",
    labels: ["namespace", "cronjob"],
    from: .kubeStateMetrics
  )

  static let cluster: [Metric] = [up, nodeInfo, cronJobLastSuccess, cronJobCreated]
}
