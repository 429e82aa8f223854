import Document
import Model

/// prometheus/ and grafana/ for one environment. Nothing of ours where the model has it switched off; the centre's values
/// with the stack, and where a stack that others install is what agents write to.
public func prometheusArtifacts(_ scope: Baked, _ monitoring: Monitoring<Baked>) -> [Artifact] {
  let configuration = scope.configuration
  var artifacts: [Artifact] = []
  if configuration[Settings.enableNetworkResilience] {
    artifacts += [
      Artifact("prometheus/agent.yml", yaml(agentConfig(scope), header: agentHeader(configuration))),
      Artifact("prometheus/rules.yml", yaml(monitoring.rules, header: rulesHeader(configuration))),
      Artifact("prometheus/rules_test.yml", yaml(ruleTests(scope), header: rulesTestHeader)),
      Artifact("grafana/network-resilience.json", monitoring.dashboard),
    ]
  }
  let hasAgents = configuration[Settings.enableNetworkResilience]
  let writesToStack = hasAgents && configuration[Settings.centralKind] == .prometheus
  if configuration[Settings.enablePrometheusStack] || writesToStack {
    let values = centralValues(scope, onOwnStorageClass: hasAgents)
    artifacts.append(Artifact("prometheus/central-values.yaml", yaml(values, header: centralHeader(configuration))))
  }
  return artifacts
}

private func agentHeader(_ configuration: Configuration) -> [String] {
  let version = configuration[Settings.prometheusVersion]
  let what = "Configuration of the agent on each node, for Prometheus \(version)."
  let node = "An init container of the pod puts the node's name in place of \(nodeNamePlaceholder)."
  switch configuration[Settings.collector] {
  case .prometheus:
    return [
      what, node, "Prometheus scrapes; the queue, backoff and partition handling are rescfg's, beside it in the pod.",
    ]
  case .prometheusOnly:
    return [
      what, node,
      "Prometheus keeps unsent samples in its log only: a restart loses them, and so does a partition longer than half of",
      "its --storage.agent.wal-truncate-frequency.",
    ]
  case .rescfg:
    return [
      "What the agent on each node does, as a configuration of Prometheus \(version).",
      "Nothing reads this file here: 'rescfg run agent' reads the model itself. It is for falling back to Prometheus.",
    ]
  }
}

private func rulesHeader(_ configuration: Configuration) -> [String] {
  let reader =
    switch configuration[Settings.centralKind] {
    case .prometheus:
      "The central Prometheus reads it, as the PrometheusRule object or from kube-prometheus-stack's values."
    case .mimir: "Mimir's ruler reads it: mimirtool rules load rules.yml."
    case .thanosReceive: "Thanos Rule reads it: --rule-file."
    case .victoriametrics: "vmalert reads it: -rule."
    case .amp: "Amazon Managed Service for Prometheus reads it: aws amp create-rule-groups-namespace."
    }
  return [
    "Alerts on remote write and network partitions, for agents of Prometheus \(configuration[Settings.prometheusVersion]).",
    reader,
    "rules_test.yml proves that each fires, and that each stays quiet: promtool test rules rules_test.yml",
  ]
}

private let rulesTestHeader = [
  "Unit tests of rules.yml, with series computed from this environment's thresholds.",
  "promtool test rules rules_test.yml",
]

private func centralHeader(_ configuration: Configuration) -> [String] {
  let kind = configuration[Settings.centralKind]
  let window = configuration[Settings.outOfOrderWindow].spelling
  let helm = "Values of the chart kube-prometheus-stack, Helm release '\(centralReleaseName)'."
  let forwards =
    "The centre is another (central.kind: \(kind.rawValue)): the Prometheus here writes on to it. The centre needs:"
  let inOrder = "  no window for late samples: they come in order, and an hour is all that can be made up for;"
  let isInOrder = configuration[Settings.outOfOrderWindow].milliseconds == 0
  switch kind {
  case .prometheus:
    return [helm, "It is the centre: agents write to it, out of order where they come late."]
  case .mimir:
    return [
      helm, forwards,
      isInOrder ? inOrder : "  limits.out_of_order_time_window: \(window) for the tenant;",
      "  ingestion_rate above the fleet's drain after a partition",
    ]
  case .thanosReceive:
    if isInOrder { return [helm, forwards, inOrder, "  what comes later is answered with 409 and lost"] }
    return [
      helm, forwards,
      "  --tsdb.out-of-order.time-window=\(window) and --tsdb.out-of-order.cap-max on every receiver; without, it answers 409 and",
      "  late samples are lost",
    ]
  case .victoriametrics:
    return [helm, forwards, "  -retentionPeriod above \(window); it takes samples in any order within it"]
  case .amp:
    return [
      helm, forwards,
      isInOrder ? inOrder : "  the workspace's out-of-order time window at \(window): it is 60 s unless raised;",
      "  an IAM role with aps:RemoteWrite for the agents' ServiceAccount and for this Prometheus",
    ]
  }
}
