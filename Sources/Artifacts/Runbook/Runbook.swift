public import Document
public import Model

/// What people do by hand, for one environment: the specification's operational, troubleshooting, recovery and testing
/// procedures, corrected where they don't do what they say, with this environment's names and figures.
public func runbook(_ scope: Baked) -> Text<Never> { RunbookContent(scope).text }

/// `docs/runbook.md`.
public func runbookArtifacts(_ configuration: Configuration) -> [Artifact] {
  [Artifact("docs/runbook.md", runbook(Baked(configuration)) + "\n")]
}

struct RunbookContent {
  typealias Text = Document.Text<Never>

  let scope: Baked
  let queries: RunbookQueries
  let prose: QueueProse

  init(_ scope: Baked) {
    self.scope = scope
    queries = RunbookQueries(scope)
    prose = scope[Settings.collector].hasDurableQueue ? .durable(scope) : .prometheusOnly
  }

  var text: Text {
    Template(PackageResources.runbook_md).filled([
      "cluster": plain(Settings.clusterName),
      "environment": scope.environmentText.markdownEscaped,
      "namespace": scope.text(Settings.namespace),
      "contact": plain(Settings.contact),
      "switched_off": switchedOff,
      "collector": collector,
      "schedule": every(scope[Settings.syncInterval]),
      "central_url": scope.text(Settings.centralURL),
      "survive": scope.text(Settings.survive),
      "storage_size": scope.text(Settings.storageSize),
      "out_of_order_window": scope.text(Settings.outOfOrderWindow),
      "check_interval": scope.text(Settings.checkInterval),
      "check_timeout": scope.text(Settings.checkTimeout),
      "threshold": scope.text(Settings.partitionThreshold),
      "initial_backoff": scope.text(Settings.initialBackoff),
      "max_backoff": scope.text(Settings.maxBackoff),
      "batch": scope.text(Settings.maxSamplesPerSend),
      "shards": scope.text(Settings.maxShards),
      "capacity": scope.text(Settings.queueCapacity),
      "guarantee": prose.guarantee,
      "storage": storage,
      "query_retry_rate": queries.retryRate,
      "query_depth": queries.depth,
      "query_failed_rate": queries.failedRate,
      "query_fill": queries.fill,
      "query_oldest": queries.oldest,
      "query_gaps": queries.gaps,
      "retry_rate": scope.text(Settings.retryRate),
      "retry_for": scope.text(Settings.retryFor),
      "failed_samples": scope.text(Settings.failedSamples),
      "queue_age": scope.text(Settings.queueAge),
      "queue_full_meaning": prose.fullQueue,
      "queue_fill": scope.text(Settings.queueFill),
      "disk_queue_alert": diskQueueAlert,
      "sync_lag": scope.text(Settings.syncLag),
      "silent_node_for": scope.text(Settings.silentNodeFor),
      "local_view": prose.localView,
      "queue_note": prose.depthNote,
      "central_check": centralCheck,
      "not_starting": notStarting,
      "drain_note": prose.slowDrain,
      "sync_note": prose.sync,
      "drain_estimate": prose.drainEstimate,
      "before_restart": prose.beforeRestart,
      "restart": restart,
      "own_drill": ownDrill,
      "drill": drill,
      "backup": backup,
      "counted": prose.isLossCounted,
      "fresh_first": prose.freshSamples,
      "bandwidth_bound": prose.bandwidthBound,
    ])
  }

  private func plain(_ setting: Setting<String>) -> Text { scope.text(setting).markdownEscaped }

  private func every(_ minutes: Term<Int, Never>) -> Text {
    let isOne: Term<Bool, Never> = minutes == 1
    return Text(isOne.choosing(.known("every minute"), else: ("every \(minutes) minutes" as Text).term), .arbitrary)
  }

  private var switchedOff: Text {
    let notice = "\n**`enable_network_resilience` is false here: nothing below exists in this environment.**\n"
    return Text(scope[Settings.enableNetworkResilience].choosing(.known(""), else: .known(notice)), .verbatim)
  }

  private var collector: Text {
    switch scope[Settings.collector] {
    case .prometheus:
      Template(PackageResources.collector_prometheus_md)
        .filled(["prometheus_version": scope.text(Settings.prometheusVersion)])
    case .rescfg: Template(PackageResources.collector_rescfg_md).filled([:])
    case .prometheusOnly:
      Template(PackageResources.collector_prometheus_only_md)
        .filled(["prometheus_version": scope.text(Settings.prometheusVersion)])
    }
  }

  private var storage: Text {
    switch scope[Settings.storageKind] {
    case .hostPath:
      Template(PackageResources.storage_host_path_md).filled(["host_path": scope.text(Settings.hostPath)])
    case .ephemeral: Template(PackageResources.storage_ephemeral_md).filled([:])
    case .statefulSetPVC:
      Template(PackageResources.storage_stateful_set_pvc_md).filled(["nodes": scope.text(Settings.nodes)])
    }
  }

  private var notStarting: Text {
    switch scope[Settings.storageKind] {
    case .hostPath:
      """
      Refused by Pod Security: the namespace must allow `privileged`, for the directory of the node. Permission denied in \
      `\(scope.text(Settings.hostPath))`: the init container that gives it to the agent's user didn't run.
      """
    case .ephemeral, .statefulSetPVC:
      """
      `Pending` with an unbound claim: the EBS CSI driver or the StorageClass `\(scope.text(Settings.storageClass))` is \
      missing, or its role may not use the KMS key.
      """
    }
  }

  private var diskQueueAlert: Text {
    guard scope[Settings.collector].hasDurableQueue else { return "" }
    return Template(PackageResources.alert_disk_queue_md).filled([
      "queue_fill": scope.text(Settings.queueFill),
      "storage_size": scope.text(Settings.storageSize),
    ])
  }

  private var isCentreInCluster: Bool { scope[Settings.centralKind] == .prometheus }

  private var centralCheck: Text {
    if isCentreInCluster {
      return Template(PackageResources.central_stack_md).filled(["namespace": scope.text(Settings.namespace)])
    }
    return Template(PackageResources.central_elsewhere_md).filled([
      "kind": scope.text(Settings.centralKind),
      "namespace": scope.text(Settings.namespace),
      "central_url": scope.text(Settings.centralURL),
    ])
  }

  /// Where rescfg sends, it can cut itself off.
  private var ownDrill: Text {
    scope[Settings.collector].hasDurableQueue
      ? Template(PackageResources.drill_own_md).filled(["namespace": scope.text(Settings.namespace)]) : ""
  }

  private var drill: Text {
    isCentreInCluster
      ? Template(PackageResources.drill_stack_md).filled(["namespace": scope.text(Settings.namespace)])
      : Template(PackageResources.drill_elsewhere_md).filled(["central_url": scope.text(Settings.centralURL)])
  }

  private var restart: Text {
    if scope[Settings.collector].hasDurableQueue {
      return Template(PackageResources.restart_durable_md).filled(["namespace": scope.text(Settings.namespace)])
    }
    return Template(PackageResources.restart_prometheus_only_md).filled(["namespace": scope.text(Settings.namespace)])
  }

  private var backup: Text {
    let own: Text =
      """
      AWS Backup copies the central Prometheus' volume by its tag `Backup=true`: \(scope.text(Settings.backupSchedule)), \
      kept \(scope.text(Settings.backupRetention)) days.
      """
    let other: Text =
      "The centre isn't installed by this model (`enable_prometheus_stack` is false); its owners back it up."
    return Text(scope[Settings.enablePrometheusStack].choosing(own.term, else: other.term), .verbatim)
  }
}
