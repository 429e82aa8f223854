# Made by rescfg for a model with these settings, which decide what is here:
#   collector: prometheus
#   prometheus_version: 2.42
#   remote_write.protocol: 1.0
#   load.disk_bytes_per_sample: 1.5
#   central.kind: victoriametrics
#   central.write_path: /api/v1/write
#   central.auth: none
#   central.tls: system
#   storage.kind: statefulSetPVC
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
        # Only a window for Grafana; the centre keeps the samples
        retention: "1d"
        externalLabels:
          cluster: "${var.cluster_name}"  # cluster_name
          environment: "${var.environment}"
        remoteWrite:
          - name: remote_write_central
            url: "${var.central_url}/api/v1/write"  # central.url
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
      remote_write_initial_backoff = var.remote_write_initial_backoff
      detector_check_timeout       = var.detector_check_timeout
      detector_check_interval      = var.detector_check_interval
      survive                      = var.survive
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
      # Privileged only for the stack's node-exporter, which reads the host; all else here is restricted.
      "pod-security.kubernetes.io/enforce"         = var.enable_prometheus_stack ? "privileged" : "restricted"
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

  values = concat([local.central_values], var.enable_network_resilience ? [local.central_storage_values] : [])
}
