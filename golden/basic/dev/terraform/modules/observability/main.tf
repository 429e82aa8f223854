# Made by rescfg for a model with these settings, which decide what is here:
#   collector: prometheus
#   prometheus_version: 3.5
#   remote_write.protocol: 1.0
#   load.disk_bytes_per_sample: 1.5
#   central.kind: prometheus
#   central.write_path: /api/v1/write
#   central.auth: none
#   central.tls: system
#   storage.kind: hostPath
#   queue.durability: interval
#   agent.every_node: true
#   agent.update_strategy: RollingUpdate

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  central_values = <<-EOT
    prometheus:
      service:
        port: 9090
      prometheusSpec:
        # Off by default: every sample would be answered 404, which no sender retries
        enableRemoteWriteReceiver: true
        # What comes later than this is refused, so it bounds the partition that loses nothing
        tsdb:
          outOfOrderTimeWindow: ${var.central_out_of_order_window}  # central.out_of_order_window
        retention: ${var.central_retention}  # central.retention
        scrapeInterval: ${var.load_scrape_interval}  # load.scrape_interval
        # The runbook's commands select the pods by it; the operator sets no such label
        podMetadata:
          labels:
            app: kube-prometheus-stack-prometheus
        ruleSelectorNilUsesHelmValues: false
        ruleSelector:
          matchLabels:
            release: prometheus
        serviceMonitorSelectorNilUsesHelmValues: false
        serviceMonitorSelector:
          matchLabels:
            release: prometheus
        podMonitorSelectorNilUsesHelmValues: false
        podMonitorSelector:
          matchLabels:
            release: prometheus
        storageSpec:
          volumeClaimTemplate:
            metadata:
              labels:
                Backup: "true"
            spec:
              accessModes:
                - ReadWriteOnce
              resources:
                requests:
                  storage: "${var.central_storage_size}"  # central.storage_size
        securityContext:
          runAsNonRoot: true
          runAsUser: 1000
          runAsGroup: 2000
          fsGroup: 2000
          seccompProfile:
            type: RuntimeDefault
    grafana:
      sidecar:
        dashboards:
          enabled: true
          label: grafana_dashboard
          labelValue: "1"
    kubeControllerManager:
      enabled: false
    kubeScheduler:
      enabled: false
    kubeEtcd:
      enabled: false
    kubeProxy:
      enabled: false
  EOT

  central_storage_values = <<-EOT
    prometheus:
      prometheusSpec:
        storageSpec:
          volumeClaimTemplate:
            spec:
              storageClassName: "${var.storage_class}"  # storage.class
  EOT

  central_rules_values = <<-EOT
    additionalPrometheusRulesMap:
      network-resilience:
        groups:
          - name: network-resilience
            rules:
              # Counts samples in retried batches, not requests: with the longest wait between them a shard makes too few requests ever to pass the threshold.
              - alert: HighRemoteWriteRetries
                expr: sum by (cluster, node, instance, remote_name, url) (rate(prometheus_remote_storage_samples_retried_total[${local.rate_window_seconds}s])) > ${var.alerts_retry_rate}  # alerts.retry_rate, remote_write_max_backoff
                for: ${var.alerts_retry_for}  # alerts.retry_for
                labels:
                  severity: warning
                annotations:
                  summary: Remote write on {{ $labels.node }} keeps retrying
                  description: '{{ printf "%.1f" $value }} samples a second are sent again: {{ $labels.remote_name }} of {{ $labels.instance }} on node {{ $labels.node }}, cluster {{ $labels.cluster }}. The network is bad, or the centre is slow or down.'
                  runbook: docs/runbook.md#highremotewriteretries
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
              # Two forms: nothing new gets out, or the backlog on disk is old while new samples do get out.
              - alert: RemoteWriteQueueFull
                expr: |-
                  (time() - max by (cluster, node, instance, remote_name, url) (max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds[5m]))) > ${local.seconds.alerts_queue_age} and on (cluster, node, instance, remote_name, url) min by (cluster, node, instance, remote_name, url) (min_over_time(prometheus_remote_storage_samples_pending[5m])) > 0
                  or
                  (time() - max by (cluster, node, instance, remote_name, url) (max_over_time(rescfg_queue_oldest_timestamp_seconds[5m]))) > ${local.seconds.alerts_queue_age} and on (cluster, node, instance, remote_name, url) sum by (cluster, node, instance, remote_name, url) (min_over_time(rescfg_samples_queued[5m])) > 0
                labels:
                  severity: critical
                annotations:
                  summary: Unsent samples on {{ $labels.node }} are too old
                  description: "The oldest unsent sample is {{ $value | humanizeDuration }} old: {{ $labels.remote_name }} of {{ $labels.instance }} on node {{ $labels.node }}, cluster {{ $labels.cluster }}. A partition or a failure at the centre lasts."
                  runbook: docs/runbook.md#remotewritequeuefull
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
              # Retries without progress. What counts as failed upstream is what the centre refused for good, which a partition never moves; one batch in flight is no progress.
              - alert: NetworkPartitionDetected
                expr: |-
                  sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_retried_total[${local.rate_window_seconds}s])) > ${var.alerts_failed_samples}
                  and on (cluster, node, instance, remote_name, url)
                  (sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_total[${local.rate_window_seconds}s])) - sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_retried_total[${local.rate_window_seconds}s])) - sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_failed_total[${local.rate_window_seconds}s]))) <= ${var.remote_write_max_samples_per_send}
                  or
                  max by (cluster, node, instance, remote_name, url) (rescfg_partition_state{state="partitioned"}) > 0
                labels:
                  severity: critical
                annotations:
                  summary: "{{ $labels.node }} is cut off from the centre"
                  description: "Nothing gets through: {{ $labels.remote_name }} of {{ $labels.instance }} on node {{ $labels.node }}, cluster {{ $labels.cluster }}. Samples are kept on the node until it does."
                  runbook: docs/runbook.md#networkpartitiondetected
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
              # Against the clock: the age of the newest sample stored can't pass the 5m that a query looks back.
              - alert: MetricsSyncLag
                expr: (time() - max by (cluster, node, instance, remote_name, url) (max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds[5m]))) > ${local.seconds.alerts_sync_lag} and on (cluster, node, instance, remote_name, url) min by (cluster, node, instance, remote_name, url) (min_over_time(prometheus_remote_storage_samples_pending[5m])) > 0  # alerts.sync_lag
                labels:
                  severity: warning
                annotations:
                  summary: Metrics of {{ $labels.node }} lag behind
                  description: "The centre is {{ $value | humanizeDuration }} behind: {{ $labels.remote_name }} of {{ $labels.instance }} on node {{ $labels.node }}, cluster {{ $labels.cluster }}."
                  runbook: docs/runbook.md#metricssynclag
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
              # The ledger is read over the whole partition to survive: what was lost inside it is heard of only after it.
              - alert: RemoteWriteDataLoss
                expr: |-
                  sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_failed_total[${local.rate_window_seconds}s])) > 0
                  or
                  sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_dropped_total{reason=~"too_old|unintentionally_dropped_series"}[${local.rate_window_seconds}s])) > 0
                  or
                  sum by (cluster, node, instance, remote_name, url) (increase(rescfg_samples_rejected_total[${floor(max(local.seconds.survive, 300))}s])) > 0
                  or
                  sum by (cluster, node, instance, remote_name, url) (increase(rescfg_samples_dropped_total[${floor(max(local.seconds.survive, 300))}s])) > 0
                  or
                  sum by (cluster, node, instance, remote_name, url) (increase(rescfg_gap_samples_lost_total[${floor(max(local.seconds.survive, 300))}s])) > 0
                labels:
                  severity: critical
                annotations:
                  summary: Samples of {{ $labels.node }} are lost
                  description: '{{ printf "%.0f" $value }} samples will not reach the centre: {{ $labels.remote_name }} of {{ $labels.instance }} on node {{ $labels.node }}, cluster {{ $labels.cluster }}.'
                  runbook: docs/runbook.md#remotewritedataloss
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
              # A ratio: the capacity is each shard's, so a number of samples means little.
              - alert: RemoteWriteQueueDepth
                expr: sum by (cluster, node, instance, remote_name, url) (prometheus_remote_storage_samples_pending) / (sum by (cluster, node, instance, remote_name, url) (prometheus_remote_storage_shard_capacity) * sum by (cluster, node, instance, remote_name, url) (prometheus_remote_storage_shards)) > ${var.alerts_queue_fill}  # alerts.queue_fill
                for: 10m
                labels:
                  severity: warning
                annotations:
                  summary: The memory queue on {{ $labels.node }} is filling
                  description: "{{ $value | humanizePercentage }} of its capacity is taken: {{ $labels.remote_name }} of {{ $labels.instance }} on node {{ $labels.node }}, cluster {{ $labels.cluster }}. It sends slower than it collects."
                  runbook: docs/runbook.md#remotewritequeuedepth
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
              # The last warning before the oldest samples make room for new ones.
              - alert: RemoteWriteDiskQueueFilling
                expr: sum by (cluster, node, instance, remote_name, url) (rescfg_queue_bytes) / sum by (cluster, node, instance, remote_name, url) (rescfg_queue_limit_bytes) > ${var.alerts_queue_fill}  # alerts.queue_fill
                labels:
                  severity: warning
                annotations:
                  summary: The disk queue on {{ $labels.node }} is filling
                  description: "{{ $value | humanizePercentage }} of its disk is taken: {{ $labels.remote_name }} of {{ $labels.instance }} on node {{ $labels.node }}, cluster {{ $labels.cluster }}. When it is full, the oldest samples are dropped."
                  runbook: docs/runbook.md#remotewritediskqueuefilling
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
              # Every node of the cluster has an agent, so a node without one's samples is cut off or has none running.
              - alert: AgentSilent
                expr: max by (node) (kube_node_info) unless on (node) max by (node) (up{job="prometheus-agent"})
                for: ${var.alerts_silent_node_for}  # alerts.silent_node_for
                labels:
                  severity: critical
                  cluster: "${var.cluster_name}"  # cluster_name
                annotations:
                  summary: The agent of {{ $labels.node }} is silent
                  description: No sample of {{ $labels.node }}'s agent has come. The node is cut off, or its agent is down.
                  runbook: docs/runbook.md#agentsilent
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
              # The dead man's switch: needs no list of nodes.
              - alert: AllAgentsSilent
                expr: absent_over_time(up{job="prometheus-agent"}[${var.alerts_silent_node_for}])  # alerts.silent_node_for
                labels:
                  severity: critical
                  cluster: "${var.cluster_name}"  # cluster_name
                annotations:
                  summary: No agent is heard
                  description: "Not one agent of cluster ${var.cluster_name} has sent a sample. The centre's receiver or the path to it is down."  # cluster_name
                  runbook: docs/runbook.md#allagentssilent
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
              # Three intervals without a success, counted from the job's making where it never had one.
              - alert: MetricsSyncFailed
                expr: |-
                  time() - (max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{namespace="${var.namespace}",cronjob="metrics-sync"})
                  or
                  max by (namespace, cronjob) (kube_cronjob_created{namespace="${var.namespace}",cronjob="metrics-sync"})) > ${var.metrics_sync_interval * 180}
                labels:
                  severity: warning
                  cluster: "${var.cluster_name}"  # cluster_name
                annotations:
                  summary: The sync job does not succeed
                  description: The last success of {{ $labels.cronjob }} in {{ $labels.namespace }} was {{ $value | humanizeDuration }} ago. Gaps are not looked for at the centre.
                  runbook: docs/runbook.md#metricssyncfailed
                  contact: ${jsonencode(replace(var.contact, "{", "{{ \"{\" }}"))}  # contact
  EOT

  milliseconds_per_unit = {
    y  = 31536000000
    w  = 604800000
    d  = 86400000
    h  = 3600000
    m  = 60000
    s  = 1000
    ms = 1
  }

  thousandths_per_unit = {
    "" = 1000
    m  = 1
    k  = 1000000
    M  = 1000000000
    G  = 1000000000000
    T  = 1000000000000000
    Ki = 1024000
    Mi = 1048576000
    Gi = 1073741824000
    Ti = 1099511627776000
  }

  seconds = {
    for name, text in {
      remote_write_max_backoff     = var.remote_write_max_backoff
      alerts_sync_lag              = var.alerts_sync_lag
      alerts_queue_age             = var.alerts_queue_age
      load_scrape_interval         = var.load_scrape_interval
      survive                      = var.survive
      remote_write_initial_backoff = var.remote_write_initial_backoff
      detector_check_timeout       = var.detector_check_timeout
      detector_check_interval      = var.detector_check_interval
      remote_write_remote_timeout  = var.remote_write_remote_timeout
      central_out_of_order_window  = var.central_out_of_order_window
      central_retention            = var.central_retention
    } : name => sum([for part in regexall("([0-9]+)(ms|[ywdhms])", text) : part[0] * local.milliseconds_per_unit[part[1]]]) / 1000
  }

  bytes = {
    for name, text in {
      storage_size                       = var.storage_size
      agent_resources_requests_memory    = var.agent_resources_requests_memory
      agent_resources_limits_memory      = var.agent_resources_limits_memory
      queue_resources_requests_memory    = var.queue_resources_requests_memory
      queue_resources_limits_memory      = var.queue_resources_limits_memory
      detector_resources_requests_memory = var.detector_resources_requests_memory
      detector_resources_limits_memory   = var.detector_resources_limits_memory
      sync_resources_requests_memory     = var.sync_resources_requests_memory
      sync_resources_limits_memory       = var.sync_resources_limits_memory
    } : name => sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", text) : part[0] * local.thousandths_per_unit[part[1]]]) / 1000
  }

  cores = {
    for name, text in {
      agent_resources_requests_cpu    = var.agent_resources_requests_cpu
      agent_resources_limits_cpu      = var.agent_resources_limits_cpu
      queue_resources_requests_cpu    = var.queue_resources_requests_cpu
      queue_resources_limits_cpu      = var.queue_resources_limits_cpu
      detector_resources_requests_cpu = var.detector_resources_requests_cpu
      detector_resources_limits_cpu   = var.detector_resources_limits_cpu
      sync_resources_requests_cpu     = var.sync_resources_requests_cpu
      sync_resources_limits_cpu       = var.sync_resources_limits_cpu
    } : name => sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", text) : part[0] * local.thousandths_per_unit[part[1]]]) / 1000
  }

  rate_window_seconds = floor(max(local.seconds.remote_write_max_backoff * 4, 300))
}

# Everything waits for the namespace, and it for what pods need of AWS: they start with it, and are gone before it.
resource "kubernetes_namespace_v1" "observability" {
  count = var.enable_network_resilience || var.enable_prometheus_stack ? 1 : 0

  metadata {
    name = var.namespace
    labels = {
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
      # The baseline level already forbids the hostPath volume that the agents' queues lie on.
      "pod-security.kubernetes.io/enforce"         = "privileged"
      "pod-security.kubernetes.io/enforce-version" = "latest"
      "pod-security.kubernetes.io/audit"           = "restricted"
      "pod-security.kubernetes.io/audit-version"   = "latest"
      "pod-security.kubernetes.io/warn"            = "restricted"
      "pod-security.kubernetes.io/warn-version"    = "latest"
    }
  }

  depends_on = [kubernetes_storage_class_v1.gp3, aws_eks_addon.ebs_csi, aws_eks_addon.vpc_cni]
}

resource "helm_release" "prometheus" {
  count = var.enable_prometheus_stack ? 1 : 0

  name             = "prometheus"
  repository       = "https://prometheus-community.github.io/helm-charts"
  chart            = "kube-prometheus-stack"
  version          = "88.5.3"
  namespace        = kubernetes_namespace_v1.observability[0].metadata[0].name
  create_namespace = false
  atomic           = true
  timeout          = 900 # seconds

  values = concat([local.central_values], var.enable_network_resilience ? [local.central_storage_values, local.central_rules_values] : [])
}
