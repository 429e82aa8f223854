locals {
  resolved_model = <<-EOT
    version: 1
    environment: "${var.environment}"
    enable_prometheus_stack: ${var.enable_prometheus_stack}
    enable_network_resilience: ${var.enable_network_resilience}
    cluster_name: "${var.cluster_name}"
    namespace: "${var.namespace}"
    contact: ${jsonencode(var.contact)}
    collector: "prometheus-only"
    prometheus_version: "2.55"
    survive: ${var.survive}
    remote_write_queue_capacity: ${var.remote_write_queue_capacity}
    remote_write_max_backoff: ${var.remote_write_max_backoff}
    remote_write:
      initial_backoff: ${var.remote_write_initial_backoff}
      max_samples_per_send: ${var.remote_write_max_samples_per_send}
      max_shards: ${var.remote_write_max_shards}
      batch_send_deadline: ${var.remote_write_batch_send_deadline}
      metadata_send_interval: ${var.remote_write_metadata_send_interval}
      retry_on_http_429: ${var.remote_write_retry_on_http_429}
      remote_timeout: ${var.remote_write_remote_timeout}
      retry_after_max: ${var.remote_write_retry_after_max}
      drain_rate: ${var.remote_write_drain_rate}
      protocol: "1.0"
    load:
      series_per_node: ${var.load_series_per_node}
      scrape_interval: ${var.load_scrape_interval}
      nodes: ${var.load_nodes}
    central:
      kind: "prometheus"
      url: "${var.central_url}"
      write_path: "/api/v1/write"
      auth: "none"
      username: ${jsonencode(var.central_username)}
      credentials: "${var.central_credentials}"
      tls: "system"
      sigv4_region: "${var.central_sigv4_region}"
      tenant: "${var.central_tenant}"
      out_of_order_window: ${var.central_out_of_order_window}
      retention: ${var.central_retention}
      storage_size: "${var.central_storage_size}"
    storage:
      kind: "hostPath"
      size: "${var.storage_size}"
      host_path: "${var.storage_host_path}"
    queue:
      durability: "interval"
      fsync_interval: ${var.queue_fsync_interval}
    network_partition_threshold: ${var.network_partition_threshold}
    detector:
      check_interval: ${var.detector_check_interval}
      check_timeout: ${var.detector_check_timeout}
      replicas: ${var.detector_replicas}
    metrics_sync_interval: ${var.metrics_sync_interval}
    alerts:
      retry_rate: ${var.alerts_retry_rate}
      retry_for: ${var.alerts_retry_for}
      queue_age: ${var.alerts_queue_age}
      queue_fill: ${var.alerts_queue_fill}
      failed_samples: ${var.alerts_failed_samples}
      sync_lag: ${var.alerts_sync_lag}
      silent_node_for: ${var.alerts_silent_node_for}
      alertmanagers: ${jsonencode(var.alerts_alertmanagers)}
    drills:
      enabled: ${var.drills_enabled}
    agent:
      every_node: true
      update_strategy: "RollingUpdate"
    network:
      vpc_cidr: "${var.network_vpc_cidr}"
      service_cidr: "${var.network_service_cidr}"
    external_labels:
      team: platform
      tier: "1"
    extra_rules:
      - alert: NodeFilesystemAlmostFull
        expr: node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes{mountpoint="/"} < 0.1
        for: 15m
        annotations:
          summary: "{{ $labels.instance }} has less than 10 % of its root file system left"
        labels:
          severity: warning
  EOT

  agent_config = <<-EOT
    global:
      scrape_interval: ${var.load_scrape_interval}  # load.scrape_interval
      external_labels:
        cluster: "${var.cluster_name}"  # cluster_name
        node: "$(NODE_NAME)"
        environment: "${var.environment}"
        team: platform
        tier: "1"
    scrape_configs:
      # The kubelet of this node
      - job_name: kubernetes-nodes
        scheme: https
        metrics_path: /metrics
        authorization:
          credentials_file: /var/run/secrets/kubernetes.io/serviceaccount/token
        tls_config:
          ca_file: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
        follow_redirects: false
        body_size_limit: 64MB
        sample_limit: 100000
        target_limit: 2000
        label_limit: 64
        label_name_length_limit: 256
        label_value_length_limit: 4096
        kubernetes_sd_configs:
          - role: node
            selectors:
              - role: node
                field: metadata.name=$(NODE_NAME)
        relabel_configs:
          - source_labels:
              - __meta_kubernetes_node_name
            target_label: instance
      # The containers of this node
      - job_name: kubernetes-cadvisor
        scheme: https
        metrics_path: /metrics/cadvisor
        authorization:
          credentials_file: /var/run/secrets/kubernetes.io/serviceaccount/token
        tls_config:
          ca_file: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
        follow_redirects: false
        body_size_limit: 64MB
        sample_limit: 100000
        target_limit: 2000
        label_limit: 64
        label_name_length_limit: 256
        label_value_length_limit: 4096
        kubernetes_sd_configs:
          - role: node
            selectors:
              - role: node
                field: metadata.name=$(NODE_NAME)
        relabel_configs:
          - source_labels:
              - __meta_kubernetes_node_name
            target_label: instance
      # Pods of this node with the annotation prometheus.io/scrape
      - job_name: kubernetes-pods
        follow_redirects: false
        body_size_limit: 64MB
        sample_limit: 100000
        target_limit: 2000
        label_limit: 64
        label_name_length_limit: 256
        label_value_length_limit: 4096
        kubernetes_sd_configs:
          - role: pod
            selectors:
              - role: pod
                field: spec.nodeName=$(NODE_NAME)
        relabel_configs:
          - source_labels:
              - __meta_kubernetes_pod_annotation_prometheus_io_scrape
            action: keep
            regex: "true"
          - source_labels:
              - __meta_kubernetes_pod_phase
            action: drop
            regex: Pending|Succeeded|Failed|Completed
          - source_labels:
              - __meta_kubernetes_pod_annotation_prometheus_io_scheme
            regex: (https?)
            target_label: __scheme__
            replacement: $1
          - source_labels:
              - __meta_kubernetes_pod_annotation_prometheus_io_path
            regex: (.+)
            target_label: __metrics_path__
            replacement: $1
          - source_labels:
              - __address__
              - __meta_kubernetes_pod_annotation_prometheus_io_port
            regex: (.+?)(?::[0-9]+)?;([0-9]+)
            target_label: __address__
            replacement: $1:$2
          - source_labels:
              - __meta_kubernetes_namespace
            target_label: namespace
          - source_labels:
              - __meta_kubernetes_pod_name
            target_label: pod
          - source_labels:
              - __meta_kubernetes_pod_container_name
            target_label: container
      # Endpoints on this node of services with the annotation prometheus.io/scrape
      - job_name: kubernetes-service-endpoints
        follow_redirects: false
        body_size_limit: 64MB
        sample_limit: 100000
        target_limit: 2000
        label_limit: 64
        label_name_length_limit: 256
        label_value_length_limit: 4096
        kubernetes_sd_configs:
          - role: endpointslice
            selectors:
              - role: pod
                field: spec.nodeName=$(NODE_NAME)
        relabel_configs:
          - source_labels:
              - __meta_kubernetes_pod_node_name
            action: keep
            regex: $(NODE_NAME)
          - source_labels:
              - __meta_kubernetes_service_annotation_prometheus_io_scrape
            action: keep
            regex: "true"
          - source_labels:
              - __meta_kubernetes_service_annotation_prometheus_io_scheme
            regex: (https?)
            target_label: __scheme__
            replacement: $1
          - source_labels:
              - __meta_kubernetes_service_annotation_prometheus_io_path
            regex: (.+)
            target_label: __metrics_path__
            replacement: $1
          - source_labels:
              - __address__
              - __meta_kubernetes_service_annotation_prometheus_io_port
            regex: (.+?)(?::[0-9]+)?;([0-9]+)
            target_label: __address__
            replacement: $1:$2
          - source_labels:
              - __meta_kubernetes_namespace
            target_label: namespace
          - source_labels:
              - __meta_kubernetes_service_name
            target_label: service
          - source_labels:
              - __meta_kubernetes_pod_name
            target_label: pod
      # The node-exporter of this node
      - job_name: node-exporter
        follow_redirects: false
        body_size_limit: 64MB
        sample_limit: 100000
        target_limit: 2000
        label_limit: 64
        label_name_length_limit: 256
        label_value_length_limit: 4096
        kubernetes_sd_configs:
          - role: pod
            selectors:
              - role: pod
                field: spec.nodeName=$(NODE_NAME)
        relabel_configs:
          - source_labels:
              - __meta_kubernetes_pod_label_app_kubernetes_io_name
            action: keep
            regex: node-exporter|prometheus-node-exporter
          - source_labels:
              - __meta_kubernetes_pod_container_port_number
            action: keep
            regex: "9100"
          - source_labels:
              - __meta_kubernetes_pod_node_name
            target_label: instance
      # The agent itself: alerts know by this job which nodes are heard
      - job_name: prometheus-agent
        follow_redirects: false
        body_size_limit: 64MB
        sample_limit: 100000
        target_limit: 2000
        label_limit: 64
        label_name_length_limit: 256
        label_value_length_limit: 4096
        static_configs:
          - targets:
              - "127.0.0.1:9090"
        relabel_configs:
          - source_labels:
              - __address__
            regex: 127[.]0[.]0[.]1:(.+)
            target_label: instance
            replacement: $(NODE_NAME):$1
    remote_write:
      - url: "${var.central_url}/api/v1/write"  # central.url
        name: remote_write_central
        remote_timeout: ${var.remote_write_remote_timeout}  # remote_write.remote_timeout
        follow_redirects: false
        queue_config:
          # Samples of each shard in memory; what rides out a partition is on disk
          capacity: ${var.remote_write_queue_capacity}  # remote_write_queue_capacity
          max_shards: ${var.remote_write_max_shards}  # remote_write.max_shards
          max_samples_per_send: ${var.remote_write_max_samples_per_send}  # remote_write.max_samples_per_send
          batch_send_deadline: ${var.remote_write_batch_send_deadline}  # remote_write.batch_send_deadline
          min_backoff: ${var.remote_write_initial_backoff}  # remote_write.initial_backoff
          max_backoff: ${var.remote_write_max_backoff}  # remote_write_max_backoff
          retry_on_http_429: ${var.remote_write_retry_on_http_429}  # remote_write.retry_on_http_429
          # One sample older than the centre's window would have its whole request refused
          sample_age_limit: ${floor(local.seconds.central_out_of_order_window) < 1 ? "1h" : var.central_out_of_order_window}  # central.out_of_order_window
        metadata_config:
          send: true
          send_interval: ${var.remote_write_metadata_send_interval}  # remote_write.metadata_send_interval
  EOT
}

resource "kubernetes_priority_class_v1" "network_resilience" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name = "${var.namespace}-network-resilience"
    labels = {
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  value             = 1000000 # Above workloads, far below the system classes (2000000000).
  global_default    = false
  preemption_policy = "PreemptLowerPriority"
  description       = "Metrics collection: a node short of memory or disk evicts it last, so that the shortage can be seen."
}

resource "kubernetes_service_account_v1" "prometheus_agent" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "prometheus-agent"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "prometheus-agent"
      "app.kubernetes.io/name"       = "prometheus-agent"
      "app.kubernetes.io/component"  = "collector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  automount_service_account_token = false
}

resource "kubernetes_service_account_v1" "network_partition_detector" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "network-partition-detector"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "network-partition-detector"
      "app.kubernetes.io/name"       = "network-partition-detector"
      "app.kubernetes.io/component"  = "partition-detector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  automount_service_account_token = false
}

resource "kubernetes_service_account_v1" "metrics_sync" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "metrics-sync"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "metrics-sync"
      "app.kubernetes.io/name"       = "metrics-sync"
      "app.kubernetes.io/component"  = "synchronization"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  automount_service_account_token = false
}

resource "kubernetes_cluster_role_v1" "prometheus_agent" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name = "${var.namespace}-prometheus-agent"
    labels = {
      app                            = "prometheus-agent"
      "app.kubernetes.io/name"       = "prometheus-agent"
      "app.kubernetes.io/component"  = "collector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  rule {
    api_groups = [""]
    resources  = ["nodes", "nodes/metrics", "pods", "services", "endpoints"]
    verbs      = ["get", "list", "watch"]
  }

  rule {
    api_groups = ["discovery.k8s.io"]
    resources  = ["endpointslices"]
    verbs      = ["get", "list", "watch"]
  }

  rule {
    non_resource_urls = ["/metrics", "/metrics/cadvisor"]
    verbs             = ["get"]
  }
}

resource "kubernetes_cluster_role_binding_v1" "prometheus_agent" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name = "${var.namespace}-prometheus-agent"
    labels = {
      app                            = "prometheus-agent"
      "app.kubernetes.io/name"       = "prometheus-agent"
      "app.kubernetes.io/component"  = "collector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "${var.namespace}-prometheus-agent"
  }

  subject {
    kind      = "ServiceAccount"
    name      = "prometheus-agent"
    namespace = var.namespace
  }
}

resource "kubernetes_role_v1" "network_partition_detector" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "network-partition-detector"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "network-partition-detector"
      "app.kubernetes.io/name"       = "network-partition-detector"
      "app.kubernetes.io/component"  = "partition-detector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  rule {
    api_groups = [""]
    resources  = ["configmaps", "pods", "services"]
    verbs      = ["get", "list", "watch"]
  }

  rule {
    api_groups = ["apps"]
    resources  = ["daemonsets", "deployments", "statefulsets"]
    verbs      = ["get", "list", "watch"]
  }

  rule {
    api_groups     = [""]
    resources      = ["configmaps"]
    resource_names = ["network-partition-state"]
    verbs          = ["patch", "update"]
  }

  rule {
    api_groups = ["", "events.k8s.io"]
    resources  = ["events"]
    verbs      = ["create", "patch"]
  }
}

resource "kubernetes_role_binding_v1" "network_partition_detector" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "network-partition-detector"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "network-partition-detector"
      "app.kubernetes.io/name"       = "network-partition-detector"
      "app.kubernetes.io/component"  = "partition-detector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Role"
    name      = "network-partition-detector"
  }

  subject {
    kind      = "ServiceAccount"
    name      = "network-partition-detector"
    namespace = var.namespace
  }
}

resource "kubernetes_role_v1" "metrics_sync" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "metrics-sync"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "metrics-sync"
      "app.kubernetes.io/name"       = "metrics-sync"
      "app.kubernetes.io/component"  = "synchronization"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  rule {
    api_groups = [""]
    resources  = ["configmaps", "pods", "services"]
    verbs      = ["get", "list", "watch"]
  }

  rule {
    api_groups = ["apps"]
    resources  = ["daemonsets", "deployments", "statefulsets"]
    verbs      = ["get", "list", "watch"]
  }

  rule {
    api_groups     = [""]
    resources      = ["configmaps"]
    resource_names = ["metrics-sync-state"]
    verbs          = ["patch", "update"]
  }
}

resource "kubernetes_role_binding_v1" "metrics_sync" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "metrics-sync"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "metrics-sync"
      "app.kubernetes.io/name"       = "metrics-sync"
      "app.kubernetes.io/component"  = "synchronization"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Role"
    name      = "metrics-sync"
  }

  subject {
    kind      = "ServiceAccount"
    name      = "metrics-sync"
    namespace = var.namespace
  }
}

resource "kubernetes_config_map_v1" "prometheus_agent_config" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "prometheus-agent-config-${substr(sha256(local.agent_config), 0, 10)}"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "prometheus-agent"
      "app.kubernetes.io/name"       = "prometheus-agent"
      "app.kubernetes.io/component"  = "collector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  immutable = true # Its name has the content's hash: a change makes a new one.
  data      = { "agent.yml" = local.agent_config }

  lifecycle {
    create_before_destroy = true
  }
}

resource "kubernetes_config_map_v1" "rescfg_model" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "rescfg-model-${substr(sha256(local.resolved_model), 0, 10)}"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  immutable = true # Its name has the content's hash: a change makes a new one.
  data      = { "rescfg.yaml" = local.resolved_model }

  lifecycle {
    create_before_destroy = true

    # What the model was checked for, of variables set since.
    precondition {
      condition     = local.seconds.remote_write_initial_backoff <= local.seconds.remote_write_max_backoff
      error_message = "remote_write_initial_backoff ${var.remote_write_initial_backoff} must be at most remote_write_max_backoff ${var.remote_write_max_backoff}."
    }

    precondition {
      condition     = var.remote_write_max_samples_per_send <= var.remote_write_queue_capacity
      error_message = "remote_write_max_samples_per_send ${var.remote_write_max_samples_per_send} must be at most remote_write_queue_capacity ${var.remote_write_queue_capacity}."
    }

    precondition {
      condition     = local.seconds.detector_check_timeout < local.seconds.detector_check_interval
      error_message = "detector_check_timeout ${var.detector_check_timeout} must be less than detector_check_interval ${var.detector_check_interval}."
    }

    precondition {
      condition     = local.seconds.survive + local.seconds.remote_write_max_backoff + local.seconds.remote_write_remote_timeout <= (local.seconds.central_out_of_order_window == 0 ? 3600 : local.seconds.central_out_of_order_window)
      error_message = "central_out_of_order_window ${var.central_out_of_order_window} must hold survive ${var.survive} and until all is sent: remote_write_max_backoff ${var.remote_write_max_backoff}, remote_write_remote_timeout ${var.remote_write_remote_timeout}."
    }

    precondition {
      condition     = local.seconds.survive <= local.seconds.central_retention
      error_message = "survive ${var.survive} must be at most central_retention ${var.central_retention}."
    }

    precondition {
      condition     = local.seconds.load_scrape_interval <= 150
      error_message = "load_scrape_interval ${var.load_scrape_interval} must be at most 150s: a rule needs two samples in 5m."
    }

    precondition {
      condition     = local.cores.agent_resources_requests_cpu <= local.cores.agent_resources_limits_cpu
      error_message = "agent_resources_requests_cpu ${var.agent_resources_requests_cpu} must be at most agent_resources_limits_cpu ${var.agent_resources_limits_cpu}."
    }

    precondition {
      condition     = local.bytes.agent_resources_requests_memory <= local.bytes.agent_resources_limits_memory
      error_message = "agent_resources_requests_memory ${var.agent_resources_requests_memory} must be at most agent_resources_limits_memory ${var.agent_resources_limits_memory}."
    }

    precondition {
      condition     = local.cores.queue_resources_requests_cpu <= local.cores.queue_resources_limits_cpu
      error_message = "queue_resources_requests_cpu ${var.queue_resources_requests_cpu} must be at most queue_resources_limits_cpu ${var.queue_resources_limits_cpu}."
    }

    precondition {
      condition     = local.bytes.queue_resources_requests_memory <= local.bytes.queue_resources_limits_memory
      error_message = "queue_resources_requests_memory ${var.queue_resources_requests_memory} must be at most queue_resources_limits_memory ${var.queue_resources_limits_memory}."
    }

    precondition {
      condition     = local.cores.detector_resources_requests_cpu <= local.cores.detector_resources_limits_cpu
      error_message = "detector_resources_requests_cpu ${var.detector_resources_requests_cpu} must be at most detector_resources_limits_cpu ${var.detector_resources_limits_cpu}."
    }

    precondition {
      condition     = local.bytes.detector_resources_requests_memory <= local.bytes.detector_resources_limits_memory
      error_message = "detector_resources_requests_memory ${var.detector_resources_requests_memory} must be at most detector_resources_limits_memory ${var.detector_resources_limits_memory}."
    }

    precondition {
      condition     = local.cores.sync_resources_requests_cpu <= local.cores.sync_resources_limits_cpu
      error_message = "sync_resources_requests_cpu ${var.sync_resources_requests_cpu} must be at most sync_resources_limits_cpu ${var.sync_resources_limits_cpu}."
    }

    precondition {
      condition     = local.bytes.sync_resources_requests_memory <= local.bytes.sync_resources_limits_memory
      error_message = "sync_resources_requests_memory ${var.sync_resources_requests_memory} must be at most sync_resources_limits_memory ${var.sync_resources_limits_memory}."
    }
  }
}

resource "kubernetes_config_map_v1" "network_partition_state" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "network-partition-state"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "network-partition-detector"
      "app.kubernetes.io/name"       = "network-partition-detector"
      "app.kubernetes.io/component"  = "partition-detector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  lifecycle {
    ignore_changes = [data]
  }
}

resource "kubernetes_config_map_v1" "metrics_sync_state" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "metrics-sync-state"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "metrics-sync"
      "app.kubernetes.io/name"       = "metrics-sync"
      "app.kubernetes.io/component"  = "synchronization"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  lifecycle {
    ignore_changes = [data]
  }
}

resource "kubernetes_config_map_v1" "network_resilience_dashboard" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "network-resilience-dashboard"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
      grafana_dashboard              = "1"
    }
  }

  data = {
    "network-resilience.json" = <<-EOT
      {
        "uid": "rescfg-network-resilience",
        "title": "Network resilience",
        "description": "How metrics get from the nodes to the centre, and what waits or is lost on the way.",
        "tags": [
          "network-resilience",
          "remote-write"
        ],
        "schemaVersion": 39,
        "version": 1,
        "editable": false,
        "graphTooltip": 1,
        "timezone": "browser",
        "refresh": "1m",
        "time": {
          "from": "now-6h",
          "to": "now"
        },
        "templating": {
          "list": [
            {
              "name": "datasource",
              "label": "Data source",
              "type": "datasource",
              "query": "prometheus",
              "refresh": 1,
              "includeAll": false,
              "multi": false
            },
            {
              "name": "cluster",
              "label": "Cluster",
              "type": "query",
              "datasource": {
                "type": "prometheus",
                "uid": "$${datasource}"
              },
              "definition": "label_values(up{job=\"prometheus-agent\"}, cluster)",
              "query": {
                "query": "label_values(up{job=\"prometheus-agent\"}, cluster)",
                "refId": "cluster"
              },
              "refresh": 2,
              "sort": 1,
              "includeAll": true,
              "multi": true,
              "allValue": ".*",
              "current": {
                "text": "All",
                "value": "$__all"
              }
            },
            {
              "name": "node",
              "label": "Node",
              "type": "query",
              "datasource": {
                "type": "prometheus",
                "uid": "$${datasource}"
              },
              "definition": "label_values(up{job=\"prometheus-agent\",cluster=~\"$cluster\"}, node)",
              "query": {
                "query": "label_values(up{job=\"prometheus-agent\",cluster=~\"$cluster\"}, node)",
                "refId": "node"
              },
              "refresh": 2,
              "sort": 1,
              "includeAll": true,
              "multi": true,
              "allValue": ".*",
              "current": {
                "text": "All",
                "value": "$__all"
              }
            }
          ]
        },
        "annotations": {
          "list": []
        },
        "links": [],
        "panels": [
          {
            "id": 1,
            "type": "timeseries",
            "title": "Remote write retry rate",
            "description": "Samples sent again. HighRemoteWriteRetries watches it.",
            "datasource": {
              "type": "prometheus",
              "uid": "$${datasource}"
            },
            "gridPos": {
              "h": 8,
              "w": 12,
              "x": 0,
              "y": 0
            },
            "targets": [
              {
                "refId": "A",
                "datasource": {
                  "type": "prometheus",
                  "uid": "$${datasource}"
                },
                "expr": "sum by (cluster, node, instance, remote_name, url) (rate(prometheus_remote_storage_samples_retried_total{cluster=~\"$cluster\",node=~\"$node\"}[${local.rate_window_seconds}s]))",
                "legendFormat": "{{node}} {{remote_name}}",
                "editorMode": "code",
                "range": true
              }
            ],
            "fieldConfig": {
              "defaults": {
                "unit": "cps",
                "color": {
                  "mode": "palette-classic"
                },
                "thresholds": {
                  "mode": "absolute",
                  "steps": [
                    {
                      "color": "green",
                      "value": null
                    },
                    {
                      "color": "orange",
                      "value": ${var.alerts_retry_rate}
                    }
                  ]
                },
                "mappings": [],
                "custom": {
                  "drawStyle": "line",
                  "lineWidth": 1,
                  "fillOpacity": 10,
                  "showPoints": "never",
                  "thresholdsStyle": {
                    "mode": "line"
                  }
                }
              },
              "overrides": []
            },
            "options": {
              "legend": {
                "displayMode": "table",
                "placement": "bottom",
                "calcs": [
                  "lastNotNull",
                  "max"
                ],
                "showLegend": true
              },
              "tooltip": {
                "mode": "multi",
                "sort": "desc"
              }
            }
          },
          {
            "id": 2,
            "type": "timeseries",
            "title": "Queue depth over time",
            "description": "Samples in memory, of what all shards hold. RemoteWriteQueueDepth watches it. The backlog on disk is in a panel below.",
            "datasource": {
              "type": "prometheus",
              "uid": "$${datasource}"
            },
            "gridPos": {
              "h": 8,
              "w": 12,
              "x": 12,
              "y": 0
            },
            "targets": [
              {
                "refId": "A",
                "datasource": {
                  "type": "prometheus",
                  "uid": "$${datasource}"
                },
                "expr": "sum by (cluster, node, instance, remote_name, url) (prometheus_remote_storage_samples_pending{cluster=~\"$cluster\",node=~\"$node\"}) / (sum by (cluster, node, instance, remote_name, url) (prometheus_remote_storage_shard_capacity{cluster=~\"$cluster\",node=~\"$node\"}) * sum by (cluster, node, instance, remote_name, url) (prometheus_remote_storage_shards{cluster=~\"$cluster\",node=~\"$node\"}))",
                "legendFormat": "{{node}} {{remote_name}}",
                "editorMode": "code",
                "range": true
              }
            ],
            "fieldConfig": {
              "defaults": {
                "unit": "percentunit",
                "color": {
                  "mode": "palette-classic"
                },
                "thresholds": {
                  "mode": "absolute",
                  "steps": [
                    {
                      "color": "green",
                      "value": null
                    },
                    {
                      "color": "orange",
                      "value": ${var.alerts_queue_fill}
                    }
                  ]
                },
                "mappings": [],
                "custom": {
                  "drawStyle": "line",
                  "lineWidth": 1,
                  "fillOpacity": 10,
                  "showPoints": "never",
                  "thresholdsStyle": {
                    "mode": "line"
                  }
                }
              },
              "overrides": []
            },
            "options": {
              "legend": {
                "displayMode": "table",
                "placement": "bottom",
                "calcs": [
                  "lastNotNull",
                  "max"
                ],
                "showLegend": true
              },
              "tooltip": {
                "mode": "multi",
                "sort": "desc"
              }
            }
          },
          {
            "id": 3,
            "type": "timeseries",
            "title": "Failed samples rate",
            "description": "Samples that the centre refused for good, or that the queue dropped: they are lost. A partition does not move this.",
            "datasource": {
              "type": "prometheus",
              "uid": "$${datasource}"
            },
            "gridPos": {
              "h": 8,
              "w": 12,
              "x": 0,
              "y": 8
            },
            "targets": [
              {
                "refId": "A",
                "datasource": {
                  "type": "prometheus",
                  "uid": "$${datasource}"
                },
                "expr": "sum by (cluster, node, instance, remote_name, url) (rate(prometheus_remote_storage_samples_failed_total{cluster=~\"$cluster\",node=~\"$node\"}[${local.rate_window_seconds}s]))",
                "legendFormat": "failed {{node}} {{remote_name}}",
                "editorMode": "code",
                "range": true
              },
              {
                "refId": "B",
                "datasource": {
                  "type": "prometheus",
                  "uid": "$${datasource}"
                },
                "expr": "sum by (cluster, node, instance, remote_name, url) (rate(prometheus_remote_storage_samples_dropped_total{cluster=~\"$cluster\",node=~\"$node\"}[${local.rate_window_seconds}s]))",
                "legendFormat": "dropped {{node}} {{remote_name}}",
                "editorMode": "code",
                "range": true
              }
            ],
            "fieldConfig": {
              "defaults": {
                "unit": "cps",
                "color": {
                  "mode": "palette-classic"
                },
                "thresholds": {
                  "mode": "absolute",
                  "steps": [
                    {
                      "color": "green",
                      "value": null
                    },
                    {
                      "color": "red",
                      "value": 0.001
                    }
                  ]
                },
                "mappings": [],
                "custom": {
                  "drawStyle": "line",
                  "lineWidth": 1,
                  "fillOpacity": 10,
                  "showPoints": "never",
                  "thresholdsStyle": {
                    "mode": "line"
                  }
                }
              },
              "overrides": []
            },
            "options": {
              "legend": {
                "displayMode": "table",
                "placement": "bottom",
                "calcs": [
                  "lastNotNull",
                  "max"
                ],
                "showLegend": true
              },
              "tooltip": {
                "mode": "multi",
                "sort": "desc"
              }
            }
          },
          {
            "id": 4,
            "type": "timeseries",
            "title": "Sync lag duration",
            "description": "How old the newest sample is that was sent. MetricsSyncLag and RemoteWriteQueueFull watch it.",
            "datasource": {
              "type": "prometheus",
              "uid": "$${datasource}"
            },
            "gridPos": {
              "h": 8,
              "w": 12,
              "x": 12,
              "y": 8
            },
            "targets": [
              {
                "refId": "A",
                "datasource": {
                  "type": "prometheus",
                  "uid": "$${datasource}"
                },
                "expr": "time() - max by (cluster, node, instance, remote_name, url) (max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds{cluster=~\"$cluster\",node=~\"$node\"}[5m]))",
                "legendFormat": "newest sent {{node}} {{remote_name}}",
                "editorMode": "code",
                "range": true
              }
            ],
            "fieldConfig": {
              "defaults": {
                "unit": "s",
                "color": {
                  "mode": "palette-classic"
                },
                "thresholds": {
                  "mode": "absolute",
                  "steps": [
                    {
                      "color": "green",
                      "value": null
                    },
                    {
                      "color": "orange",
                      "value": ${local.seconds.alerts_sync_lag}
                    },
                    {
                      "color": "red",
                      "value": ${local.seconds.alerts_queue_age}
                    }
                  ]
                },
                "mappings": [],
                "custom": {
                  "drawStyle": "line",
                  "lineWidth": 1,
                  "fillOpacity": 10,
                  "showPoints": "never",
                  "thresholdsStyle": {
                    "mode": "line"
                  }
                }
              },
              "overrides": []
            },
            "options": {
              "legend": {
                "displayMode": "table",
                "placement": "bottom",
                "calcs": [
                  "lastNotNull",
                  "max"
                ],
                "showLegend": true
              },
              "tooltip": {
                "mode": "multi",
                "sort": "desc"
              }
            }
          },
          {
            "id": 5,
            "type": "state-timeline",
            "title": "Partition events timeline",
            "description": "1 while samples are retried and none get through. A node that is cut off shows nothing until it is back.",
            "datasource": {
              "type": "prometheus",
              "uid": "$${datasource}"
            },
            "gridPos": {
              "h": 8,
              "w": 24,
              "x": 0,
              "y": 16
            },
            "targets": [
              {
                "refId": "A",
                "datasource": {
                  "type": "prometheus",
                  "uid": "$${datasource}"
                },
                "expr": "max by (cluster, node) ((sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_retried_total{cluster=~\"$cluster\",node=~\"$node\"}[${local.rate_window_seconds}s])) \u003e bool ${var.alerts_failed_samples}) * (sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_total{cluster=~\"$cluster\",node=~\"$node\"}[${local.rate_window_seconds}s])) - sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_retried_total{cluster=~\"$cluster\",node=~\"$node\"}[${local.rate_window_seconds}s])) - sum by (cluster, node, instance, remote_name, url) (increase(prometheus_remote_storage_samples_failed_total{cluster=~\"$cluster\",node=~\"$node\"}[${local.rate_window_seconds}s])) \u003c= bool ${var.remote_write_max_samples_per_send}))",
                "legendFormat": "{{cluster}} {{node}}",
                "editorMode": "code",
                "range": true
              }
            ],
            "fieldConfig": {
              "defaults": {
                "unit": "none",
                "color": {
                  "mode": "thresholds"
                },
                "thresholds": {
                  "mode": "absolute",
                  "steps": [
                    {
                      "color": "green",
                      "value": null
                    }
                  ]
                },
                "mappings": [
                  {
                    "type": "value",
                    "options": {
                      "0": {
                        "text": "connected",
                        "color": "green"
                      }
                    }
                  },
                  {
                    "type": "value",
                    "options": {
                      "1": {
                        "text": "partitioned",
                        "color": "red"
                      }
                    }
                  }
                ],
                "custom": {
                  "fillOpacity": 80,
                  "lineWidth": 0
                }
              },
              "overrides": []
            },
            "options": {
              "mergeValues": true,
              "showValue": "auto",
              "rowHeight": 0.9,
              "legend": {
                "showLegend": true
              }
            }
          },
          {
            "id": 6,
            "type": "timeseries",
            "title": "Disk backlog",
            "description": "Segments of the log between what is written and what is read for sending: no metric tells its samples.",
            "datasource": {
              "type": "prometheus",
              "uid": "$${datasource}"
            },
            "gridPos": {
              "h": 8,
              "w": 12,
              "x": 0,
              "y": 24
            },
            "targets": [
              {
                "refId": "A",
                "datasource": {
                  "type": "prometheus",
                  "uid": "$${datasource}"
                },
                "expr": "max by (cluster, node, instance) (prometheus_tsdb_wal_segment_current{cluster=~\"$cluster\",node=~\"$node\"}) - max by (cluster, node, instance) (prometheus_wal_watcher_current_segment{cluster=~\"$cluster\",node=~\"$node\"})",
                "legendFormat": "{{node}} {{instance}}",
                "editorMode": "code",
                "range": true
              }
            ],
            "fieldConfig": {
              "defaults": {
                "unit": "short",
                "color": {
                  "mode": "palette-classic"
                },
                "thresholds": {
                  "mode": "absolute",
                  "steps": [
                    {
                      "color": "green",
                      "value": null
                    },
                    {
                      "color": "orange",
                      "value": 1
                    }
                  ]
                },
                "mappings": [],
                "custom": {
                  "drawStyle": "line",
                  "lineWidth": 1,
                  "fillOpacity": 10,
                  "showPoints": "never",
                  "thresholdsStyle": {
                    "mode": "line"
                  }
                }
              },
              "overrides": []
            },
            "options": {
              "legend": {
                "displayMode": "table",
                "placement": "bottom",
                "calcs": [
                  "lastNotNull",
                  "max"
                ],
                "showLegend": true
              },
              "tooltip": {
                "mode": "multi",
                "sort": "desc"
              }
            }
          },
          {
            "id": 7,
            "type": "timeseries",
            "title": "Agents heard and silent",
            "description": "Nodes whose agent the centre hears, and nodes of the cluster without one. AgentSilent watches them.",
            "datasource": {
              "type": "prometheus",
              "uid": "$${datasource}"
            },
            "gridPos": {
              "h": 8,
              "w": 12,
              "x": 12,
              "y": 24
            },
            "targets": [
              {
                "refId": "A",
                "datasource": {
                  "type": "prometheus",
                  "uid": "$${datasource}"
                },
                "expr": "count(count by (cluster, node) (up{job=\"prometheus-agent\",cluster=~\"$cluster\",node=~\"$node\"}))",
                "legendFormat": "heard",
                "editorMode": "code",
                "range": true
              },
              {
                "refId": "B",
                "datasource": {
                  "type": "prometheus",
                  "uid": "$${datasource}"
                },
                "expr": "count(max by (node) (kube_node_info) unless on (node) up{job=\"prometheus-agent\"}) or vector(0)",
                "legendFormat": "silent",
                "editorMode": "code",
                "range": true
              }
            ],
            "fieldConfig": {
              "defaults": {
                "unit": "none",
                "color": {
                  "mode": "palette-classic"
                },
                "thresholds": {
                  "mode": "absolute",
                  "steps": [
                    {
                      "color": "green",
                      "value": null
                    }
                  ]
                },
                "mappings": [],
                "custom": {
                  "drawStyle": "line",
                  "lineWidth": 1,
                  "fillOpacity": 10,
                  "showPoints": "never",
                  "thresholdsStyle": {
                    "mode": "off"
                  }
                }
              },
              "overrides": []
            },
            "options": {
              "legend": {
                "displayMode": "table",
                "placement": "bottom",
                "calcs": [
                  "lastNotNull",
                  "max"
                ],
                "showLegend": true
              },
              "tooltip": {
                "mode": "multi",
                "sort": "desc"
              }
            }
          }
        ]
      }
    EOT
  }
}

resource "kubernetes_network_policy_v1" "prometheus_agent" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "prometheus-agent"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "prometheus-agent"
      "app.kubernetes.io/name"       = "prometheus-agent"
      "app.kubernetes.io/component"  = "collector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  spec {
    policy_types = ["Ingress", "Egress"]

    pod_selector {
      match_labels = { app = "prometheus-agent" }
    }

    ingress {
      from {
        pod_selector {
          match_labels = { app = "network-partition-detector" }
        }
      }

      from {
        pod_selector {
          match_labels = { app = "metrics-sync" }
        }
      }

      from {
        pod_selector {
          match_labels = { app = "kube-prometheus-stack-prometheus" }
        }
      }

      ports {
        protocol = "TCP"
        port     = 9090
      }
    }

    egress {
      # DNS: the cluster's, and NodeLocal DNSCache at the address that Kubernetes documents for it.
      to {
        namespace_selector {
          match_labels = { "kubernetes.io/metadata.name" = "kube-system" }
        }

        pod_selector {
          match_labels = { k8s-app = "kube-dns" }
        }
      }

      # DNS: the cluster's, and NodeLocal DNSCache at the address that Kubernetes documents for it.
      to {
        ip_block {
          cidr = "169.254.20.10/32"
        }
      }

      ports {
        protocol = "UDP"
        port     = 53
      }

      ports {
        protocol = "TCP"
        port     = 53
      }
    }

    egress {
      # The API server; plugins differ in whether they see the address before or after translation.
      to {
        ip_block {
          cidr = var.network_service_cidr
        }
      }

      # The API server; plugins differ in whether they see the address before or after translation.
      to {
        ip_block {
          cidr = var.network_vpc_cidr
        }
      }

      ports {
        protocol = "TCP"
        port     = 443
      }
    }

    egress {
      # The central Prometheus.
      to {
        pod_selector {
          match_labels = { app = "kube-prometheus-stack-prometheus" }
        }
      }

      ports {
        protocol = "TCP"
        port     = 9090
      }
    }

    egress {
      # Alerts that the centre can't raise.
      to {
        pod_selector {
          match_labels = { "app.kubernetes.io/name" = "alertmanager" }
        }
      }

      ports {
        protocol = "TCP"
        port     = 9093
      }
    }

    egress {
      # central.url and targets, on whichever ports they name.
      to {
        ip_block {
          cidr = var.network_service_cidr
        }
      }

      # central.url and targets, on whichever ports they name.
      to {
        ip_block {
          cidr = var.network_vpc_cidr
        }
      }

      ports {
        protocol = "TCP"
      }
    }
  }
}

resource "kubernetes_network_policy_v1" "network_partition_detector" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "network-partition-detector"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "network-partition-detector"
      "app.kubernetes.io/name"       = "network-partition-detector"
      "app.kubernetes.io/component"  = "partition-detector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  spec {
    policy_types = ["Ingress", "Egress"]

    pod_selector {
      match_labels = { app = "network-partition-detector" }
    }

    ingress {
      from {
        pod_selector {
          match_labels = { app = "prometheus-agent" }
        }
      }

      from {
        pod_selector {
          match_labels = { app = "kube-prometheus-stack-prometheus" }
        }
      }

      ports {
        protocol = "TCP"
        port     = 9090
      }
    }

    egress {
      # DNS: the cluster's, and NodeLocal DNSCache at the address that Kubernetes documents for it.
      to {
        namespace_selector {
          match_labels = { "kubernetes.io/metadata.name" = "kube-system" }
        }

        pod_selector {
          match_labels = { k8s-app = "kube-dns" }
        }
      }

      # DNS: the cluster's, and NodeLocal DNSCache at the address that Kubernetes documents for it.
      to {
        ip_block {
          cidr = "169.254.20.10/32"
        }
      }

      ports {
        protocol = "UDP"
        port     = 53
      }

      ports {
        protocol = "TCP"
        port     = 53
      }
    }

    egress {
      # The API server; plugins differ in whether they see the address before or after translation.
      to {
        ip_block {
          cidr = var.network_service_cidr
        }
      }

      # The API server; plugins differ in whether they see the address before or after translation.
      to {
        ip_block {
          cidr = var.network_vpc_cidr
        }
      }

      ports {
        protocol = "TCP"
        port     = 443
      }
    }

    egress {
      # The central Prometheus.
      to {
        pod_selector {
          match_labels = { app = "kube-prometheus-stack-prometheus" }
        }
      }

      ports {
        protocol = "TCP"
        port     = 9090
      }
    }

    egress {
      # Alerts that the centre can't raise.
      to {
        pod_selector {
          match_labels = { "app.kubernetes.io/name" = "alertmanager" }
        }
      }

      ports {
        protocol = "TCP"
        port     = 9093
      }
    }

    egress {
      # The agents' status.
      to {
        pod_selector {
          match_labels = { app = "prometheus-agent" }
        }
      }

      ports {
        protocol = "TCP"
        port     = 9090
      }
    }

    egress {
      # central.url and targets, on whichever ports they name.
      to {
        ip_block {
          cidr = var.network_service_cidr
        }
      }

      # central.url and targets, on whichever ports they name.
      to {
        ip_block {
          cidr = var.network_vpc_cidr
        }
      }

      ports {
        protocol = "TCP"
      }
    }
  }
}

resource "kubernetes_network_policy_v1" "metrics_sync" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "metrics-sync"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "metrics-sync"
      "app.kubernetes.io/name"       = "metrics-sync"
      "app.kubernetes.io/component"  = "synchronization"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  spec {
    policy_types = ["Ingress", "Egress"]

    pod_selector {
      match_labels = { app = "metrics-sync" }
    }

    egress {
      # DNS: the cluster's, and NodeLocal DNSCache at the address that Kubernetes documents for it.
      to {
        namespace_selector {
          match_labels = { "kubernetes.io/metadata.name" = "kube-system" }
        }

        pod_selector {
          match_labels = { k8s-app = "kube-dns" }
        }
      }

      # DNS: the cluster's, and NodeLocal DNSCache at the address that Kubernetes documents for it.
      to {
        ip_block {
          cidr = "169.254.20.10/32"
        }
      }

      ports {
        protocol = "UDP"
        port     = 53
      }

      ports {
        protocol = "TCP"
        port     = 53
      }
    }

    egress {
      # The API server; plugins differ in whether they see the address before or after translation.
      to {
        ip_block {
          cidr = var.network_service_cidr
        }
      }

      # The API server; plugins differ in whether they see the address before or after translation.
      to {
        ip_block {
          cidr = var.network_vpc_cidr
        }
      }

      ports {
        protocol = "TCP"
        port     = 443
      }
    }

    egress {
      # The central Prometheus.
      to {
        pod_selector {
          match_labels = { app = "kube-prometheus-stack-prometheus" }
        }
      }

      ports {
        protocol = "TCP"
        port     = 9090
      }
    }

    egress {
      # The agents' status.
      to {
        pod_selector {
          match_labels = { app = "prometheus-agent" }
        }
      }

      ports {
        protocol = "TCP"
        port     = 9090
      }
    }

    egress {
      # central.url and targets, on whichever ports they name.
      to {
        ip_block {
          cidr = var.network_service_cidr
        }
      }

      # central.url and targets, on whichever ports they name.
      to {
        ip_block {
          cidr = var.network_vpc_cidr
        }
      }

      ports {
        protocol = "TCP"
      }
    }
  }
}

resource "kubernetes_service_v1" "prometheus_agent_server" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "prometheus-agent-server"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "prometheus-agent"
      "app.kubernetes.io/name"       = "prometheus-agent"
      "app.kubernetes.io/component"  = "collector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  spec {
    type                    = "ClusterIP"
    internal_traffic_policy = "Local" # A pod reaches the agent of its own node, no other.
    selector                = { app = "prometheus-agent" }

    port {
      name        = "http"
      port        = 9090
      protocol    = "TCP"
      target_port = "http"
    }
  }
}

resource "kubernetes_service_v1" "prometheus_agent_headless" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "prometheus-agent"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "prometheus-agent"
      "app.kubernetes.io/name"       = "prometheus-agent"
      "app.kubernetes.io/component"  = "collector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  spec {
    type       = "ClusterIP"
    cluster_ip = "None"
    # The sync job asks an agent that isn't ready as well: it may be the one with the gap.
    publish_not_ready_addresses = true
    selector                    = { app = "prometheus-agent" }

    port {
      name        = "http"
      port        = 9090
      protocol    = "TCP"
      target_port = "http"
    }
  }
}

resource "kubernetes_pod_disruption_budget_v1" "network_partition_detector" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "network-partition-detector"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "network-partition-detector"
      "app.kubernetes.io/name"       = "network-partition-detector"
      "app.kubernetes.io/component"  = "partition-detector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  spec {
    max_unavailable = 1

    selector {
      match_labels = { app = "network-partition-detector" }
    }
  }
}

resource "kubernetes_daemon_set_v1" "prometheus_agent" {
  # checkov:skip=CKV_K8S_25:an init container hands the hostPath directory to the agent's user and needs CHOWN for it
  # checkov:skip=CKV_K8S_43:images.* of the model decide on tag or digest
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "prometheus-agent"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "prometheus-agent"
      "app.kubernetes.io/name"       = "prometheus-agent"
      "app.kubernetes.io/component"  = "collector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
    annotations = {
      "rescfg.io/loses"  = "all that is unsent at every restart, and in a partition what its log is cut by"
      "checkov.io/skip1" = "CKV_K8S_25=an init container hands the hostPath directory to the agent's user and needs CHOWN for it"
      "checkov.io/skip2" = "CKV_K8S_43=images.* of the model decide on tag or digest"
    }
  }

  spec {
    min_ready_seconds      = 10
    revision_history_limit = 3

    selector {
      match_labels = { app = "prometheus-agent" }
    }

    strategy {
      type = "RollingUpdate"

      rolling_update {
        max_unavailable = 1
      }
    }

    template {
      metadata {
        labels = {
          app                            = "prometheus-agent"
          "app.kubernetes.io/name"       = "prometheus-agent"
          "app.kubernetes.io/component"  = "collector"
          "app.kubernetes.io/part-of"    = "network-resilience"
          "app.kubernetes.io/managed-by" = "rescfg"
        }
        annotations = { "kubectl.kubernetes.io/default-container" = "prometheus" }
      }

      spec {
        service_account_name             = "prometheus-agent"
        automount_service_account_token  = false
        enable_service_links             = false
        priority_class_name              = "${var.namespace}-network-resilience"
        node_selector                    = { "kubernetes.io/os" = "linux" }
        termination_grace_period_seconds = 150

        security_context {
          run_as_non_root        = true
          run_as_user            = 10001
          run_as_group           = 10001
          fs_group               = 10001
          fs_group_change_policy = "OnRootMismatch"

          seccomp_profile {
            type = "RuntimeDefault"
          }
        }

        # Every taint: a tainted node has metrics as well.
        toleration {
          operator = "Exists"
        }

        init_container {
          name              = "own-directory"
          image             = var.images_prometheus
          image_pull_policy = "Always"
          command           = ["chown", "10001:10001", "/prometheus"]

          resources {
            requests = {
              cpu               = "50m"
              memory            = "32Mi"
              ephemeral-storage = "16Mi"
            }
            limits = {
              cpu               = "50m"
              memory            = "32Mi"
              ephemeral-storage = "16Mi"
            }
          }

          security_context {
            run_as_non_root            = false
            run_as_user                = 0
            run_as_group               = 0
            allow_privilege_escalation = false
            privileged                 = false
            read_only_root_filesystem  = true

            capabilities {
              drop = ["ALL"]
              add  = ["CHOWN"]
            }

            seccomp_profile {
              type = "RuntimeDefault"
            }
          }

          volume_mount {
            name       = "data"
            mount_path = "/prometheus"
          }
        }

        init_container {
          name              = "name-node"
          image             = var.images_prometheus
          image_pull_policy = "Always"
          command = [
            "sed",
            "-n",
            "-e",
            "s/[$](NODE_NAME)/$(NODE_NAME)/g",
            "-e",
            "w /etc/prometheus/agent.yml",
            "/etc/prometheus-source/agent.yml",
          ]

          env {
            name = "NODE_NAME"

            value_from {
              field_ref {
                field_path = "spec.nodeName"
              }
            }
          }

          resources {
            requests = {
              cpu               = "50m"
              memory            = "32Mi"
              ephemeral-storage = "16Mi"
            }
            limits = {
              cpu               = "50m"
              memory            = "32Mi"
              ephemeral-storage = "16Mi"
            }
          }

          security_context {
            run_as_non_root            = true
            run_as_user                = 10001
            run_as_group               = 10001
            allow_privilege_escalation = false
            privileged                 = false
            read_only_root_filesystem  = true

            capabilities {
              drop = ["ALL"]
            }

            seccomp_profile {
              type = "RuntimeDefault"
            }
          }

          volume_mount {
            name       = "prometheus-config"
            mount_path = "/etc/prometheus"
          }

          volume_mount {
            name       = "prometheus-config-source"
            mount_path = "/etc/prometheus-source"
            read_only  = true
          }
        }

        container {
          name              = "prometheus"
          image             = var.images_prometheus
          image_pull_policy = "Always"
          args = [
            "--enable-feature=agent",
            "--config.file=/etc/prometheus/agent.yml",
            "--web.listen-address=0.0.0.0:9090",
            "--storage.agent.path=/prometheus",
            "--storage.agent.wal-truncate-frequency=${floor(max(min(max(local.seconds.survive * 2, 7200), local.bytes.storage_size * (local.seconds.load_scrape_interval / 44) / var.load_series_per_node), 600))}s",
            "--storage.agent.retention.max-time=${floor(max(min(max(local.seconds.survive * 2, 7200), local.bytes.storage_size * (local.seconds.load_scrape_interval / 44) / var.load_series_per_node), 600))}s",
          ]
          termination_message_policy = "FallbackToLogsOnError"

          env {
            name = "NODE_NAME"

            value_from {
              field_ref {
                field_path = "spec.nodeName"
              }
            }
          }

          env {
            name = "POD_NAME"

            value_from {
              field_ref {
                field_path = "metadata.name"
              }
            }
          }

          port {
            name           = "http"
            container_port = 9090
            protocol       = "TCP"
          }

          resources {
            requests = {
              cpu               = var.agent_resources_requests_cpu
              memory            = var.agent_resources_requests_memory
              ephemeral-storage = "256Mi"
            }
            limits = {
              cpu               = var.agent_resources_limits_cpu
              memory            = var.agent_resources_limits_memory
              ephemeral-storage = "256Mi"
            }
          }

          startup_probe {
            period_seconds    = 5
            failure_threshold = 60
            timeout_seconds   = 5

            http_get {
              path = "/-/ready"
              port = "http"
            }
          }

          liveness_probe {
            period_seconds    = 15
            failure_threshold = 4
            timeout_seconds   = 5

            http_get {
              path = "/-/healthy"
              port = "http"
            }
          }

          readiness_probe {
            period_seconds    = 10
            failure_threshold = 2
            timeout_seconds   = 5

            http_get {
              path = "/-/ready"
              port = "http"
            }
          }

          security_context {
            run_as_non_root            = true
            run_as_user                = 10001
            run_as_group               = 10001
            allow_privilege_escalation = false
            privileged                 = false
            read_only_root_filesystem  = true

            capabilities {
              drop = ["ALL"]
            }

            seccomp_profile {
              type = "RuntimeDefault"
            }
          }

          volume_mount {
            name       = "data"
            mount_path = "/prometheus"
          }

          volume_mount {
            name       = "prometheus-config"
            mount_path = "/etc/prometheus"
            read_only  = true
          }

          volume_mount {
            name       = "kube-api-access"
            mount_path = "/var/run/secrets/kubernetes.io/serviceaccount"
            read_only  = true
          }
        }

        volume {
          name = "data"

          host_path {
            path = var.storage_host_path
            type = "DirectoryOrCreate"
          }
        }

        volume {
          name = "prometheus-config-source"

          config_map {
            name = "prometheus-agent-config-${substr(sha256(local.agent_config), 0, 10)}"
          }
        }

        volume {
          name = "prometheus-config"

          empty_dir {
            size_limit = "4Mi"
          }
        }

        volume {
          name = "kube-api-access"

          projected {
            sources {
              service_account_token {
                path               = "token"
                expiration_seconds = 3600
              }
            }

            sources {
              config_map {
                name = "kube-root-ca.crt"

                items {
                  key  = "ca.crt"
                  path = "ca.crt"
                }
              }
            }

            sources {
              downward_api {
                items {
                  path = "namespace"

                  field_ref {
                    field_path = "metadata.namespace"
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "network_partition_detector" {
  # checkov:skip=CKV_K8S_43:images.* of the model decide on tag or digest
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "network-partition-detector"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "network-partition-detector"
      "app.kubernetes.io/name"       = "network-partition-detector"
      "app.kubernetes.io/component"  = "partition-detector"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
    annotations = {
      "checkov.io/skip1" = "CKV_K8S_43=images.* of the model decide on tag or digest"
    }
  }

  spec {
    replicas               = var.detector_replicas
    revision_history_limit = 3

    selector {
      match_labels = { app = "network-partition-detector" }
    }

    strategy {
      type = "RollingUpdate"

      rolling_update {
        max_surge       = 1
        max_unavailable = 0
      }
    }

    template {
      metadata {
        labels = {
          app                            = "network-partition-detector"
          "app.kubernetes.io/name"       = "network-partition-detector"
          "app.kubernetes.io/component"  = "partition-detector"
          "app.kubernetes.io/part-of"    = "network-resilience"
          "app.kubernetes.io/managed-by" = "rescfg"
        }
        annotations = {
          "kubectl.kubernetes.io/default-container" = "rescfg"
          "prometheus.io/scrape"                    = "true"
          "prometheus.io/port"                      = "9090"
        }
      }

      spec {
        service_account_name             = "network-partition-detector"
        automount_service_account_token  = false
        enable_service_links             = false
        priority_class_name              = "${var.namespace}-network-resilience"
        node_selector                    = { "kubernetes.io/os" = "linux" }
        termination_grace_period_seconds = 30

        security_context {
          run_as_non_root        = true
          run_as_user            = 10001
          run_as_group           = 10001
          fs_group               = 10001
          fs_group_change_policy = "OnRootMismatch"

          seccomp_profile {
            type = "RuntimeDefault"
          }
        }

        topology_spread_constraint {
          max_skew           = 1
          topology_key       = "topology.kubernetes.io/zone"
          when_unsatisfiable = "ScheduleAnyway"

          label_selector {
            match_labels = { app = "network-partition-detector" }
          }
        }

        topology_spread_constraint {
          max_skew           = 1
          topology_key       = "kubernetes.io/hostname"
          when_unsatisfiable = "ScheduleAnyway"

          label_selector {
            match_labels = { app = "network-partition-detector" }
          }
        }

        container {
          name              = "rescfg"
          image             = var.images_rescfg
          image_pull_policy = "Always"
          command           = ["rescfg"]
          args = [
            "run",
            "detector",
            "--env",
            var.environment,
            "--config",
            "/etc/rescfg/rescfg.yaml",
          ]
          termination_message_policy = "FallbackToLogsOnError"

          env {
            name = "NODE_NAME"

            value_from {
              field_ref {
                field_path = "spec.nodeName"
              }
            }
          }

          env {
            name = "POD_NAME"

            value_from {
              field_ref {
                field_path = "metadata.name"
              }
            }
          }

          port {
            name           = "http"
            container_port = 9090
            protocol       = "TCP"
          }

          resources {
            requests = {
              cpu               = var.detector_resources_requests_cpu
              memory            = var.detector_resources_requests_memory
              ephemeral-storage = "128Mi"
            }
            limits = {
              cpu               = var.detector_resources_limits_cpu
              memory            = var.detector_resources_limits_memory
              ephemeral-storage = "256Mi"
            }
          }

          startup_probe {
            period_seconds    = 5
            failure_threshold = 60
            timeout_seconds   = 5

            http_get {
              path = "/-/ready"
              port = "http"
            }
          }

          liveness_probe {
            period_seconds    = 15
            failure_threshold = 4
            timeout_seconds   = 5

            http_get {
              path = "/-/healthy"
              port = "http"
            }
          }

          readiness_probe {
            period_seconds    = 10
            failure_threshold = 2
            timeout_seconds   = 5

            http_get {
              path = "/-/ready"
              port = "http"
            }
          }

          security_context {
            run_as_non_root            = true
            run_as_user                = 10001
            run_as_group               = 10001
            allow_privilege_escalation = false
            privileged                 = false
            read_only_root_filesystem  = true

            capabilities {
              drop = ["ALL"]
            }

            seccomp_profile {
              type = "RuntimeDefault"
            }
          }

          volume_mount {
            name       = "log"
            mount_path = "/var/log"
          }

          volume_mount {
            name       = "model"
            mount_path = "/etc/rescfg"
            read_only  = true
          }

          volume_mount {
            name       = "kube-api-access"
            mount_path = "/var/run/secrets/kubernetes.io/serviceaccount"
            read_only  = true
          }
        }

        # The event log is as old as its pod; the pod's output has the same events.
        volume {
          name = "model"

          config_map {
            name = "rescfg-model-${substr(sha256(local.resolved_model), 0, 10)}"
          }
        }

        # The event log is as old as its pod; the pod's output has the same events.
        volume {
          name = "log"

          empty_dir {
            size_limit = "64Mi"
          }
        }

        # The event log is as old as its pod; the pod's output has the same events.
        volume {
          name = "kube-api-access"

          projected {
            sources {
              service_account_token {
                path               = "token"
                expiration_seconds = 3600
              }
            }

            sources {
              config_map {
                name = "kube-root-ca.crt"

                items {
                  key  = "ca.crt"
                  path = "ca.crt"
                }
              }
            }

            sources {
              downward_api {
                items {
                  path = "namespace"

                  field_ref {
                    field_path = "metadata.namespace"
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_cron_job_v1" "metrics_sync" {
  # checkov:skip=CKV_K8S_43:images.* of the model decide on tag or digest
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name      = "metrics-sync"
    namespace = kubernetes_namespace_v1.observability[0].metadata[0].name
    labels = {
      app                            = "metrics-sync"
      "app.kubernetes.io/name"       = "metrics-sync"
      "app.kubernetes.io/component"  = "synchronization"
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
    annotations = {
      "checkov.io/skip1" = "CKV_K8S_43=images.* of the model decide on tag or digest"
    }
  }

  spec {
    schedule = var.metrics_sync_interval < 60 ? "*/${var.metrics_sync_interval} * * * *" : var.metrics_sync_interval < 1440 ? "0 */${var.metrics_sync_interval / 60} * * *" : "0 0 * * *"
    timezone = "Etc/UTC"
    # Jobs made by 'kubectl create job' ignore this. Two at once do no harm: an agent gives both the same check.
    concurrency_policy            = "Forbid"
    starting_deadline_seconds     = 300 # Without it, 100 missed starts stop the schedule for good.
    successful_jobs_history_limit = 3
    failed_jobs_history_limit     = 3

    job_template {
      metadata {
        labels = {
          app                            = "metrics-sync"
          "app.kubernetes.io/name"       = "metrics-sync"
          "app.kubernetes.io/component"  = "synchronization"
          "app.kubernetes.io/part-of"    = "network-resilience"
          "app.kubernetes.io/managed-by" = "rescfg"
        }
      }

      spec {
        backoff_limit = 1
        # Nine tenths of the interval: one has ended before the next is due.
        active_deadline_seconds    = var.metrics_sync_interval * 54
        ttl_seconds_after_finished = 86400 # A day to read the log of a job made by hand.

        template {
          metadata {
            labels = {
              app                            = "metrics-sync"
              "app.kubernetes.io/name"       = "metrics-sync"
              "app.kubernetes.io/component"  = "synchronization"
              "app.kubernetes.io/part-of"    = "network-resilience"
              "app.kubernetes.io/managed-by" = "rescfg"
            }
            annotations = { "kubectl.kubernetes.io/default-container" = "rescfg" }
          }

          spec {
            service_account_name             = "metrics-sync"
            automount_service_account_token  = false
            enable_service_links             = false
            priority_class_name              = "${var.namespace}-network-resilience"
            node_selector                    = { "kubernetes.io/os" = "linux" }
            termination_grace_period_seconds = 30
            restart_policy                   = "Never"

            security_context {
              run_as_non_root        = true
              run_as_user            = 10001
              run_as_group           = 10001
              fs_group               = 10001
              fs_group_change_policy = "OnRootMismatch"

              seccomp_profile {
                type = "RuntimeDefault"
              }
            }

            container {
              name              = "rescfg"
              image             = var.images_rescfg
              image_pull_policy = "Always"
              command           = ["rescfg"]
              args = [
                "run",
                "sync",
                "--env",
                var.environment,
                "--config",
                "/etc/rescfg/rescfg.yaml",
              ]
              termination_message_policy = "FallbackToLogsOnError"

              env {
                name = "NODE_NAME"

                value_from {
                  field_ref {
                    field_path = "spec.nodeName"
                  }
                }
              }

              env {
                name = "POD_NAME"

                value_from {
                  field_ref {
                    field_path = "metadata.name"
                  }
                }
              }

              resources {
                requests = {
                  cpu               = var.sync_resources_requests_cpu
                  memory            = var.sync_resources_requests_memory
                  ephemeral-storage = "64Mi"
                }
                limits = {
                  cpu               = var.sync_resources_limits_cpu
                  memory            = var.sync_resources_limits_memory
                  ephemeral-storage = "128Mi"
                }
              }

              security_context {
                run_as_non_root            = true
                run_as_user                = 10001
                run_as_group               = 10001
                allow_privilege_escalation = false
                privileged                 = false
                read_only_root_filesystem  = true

                capabilities {
                  drop = ["ALL"]
                }

                seccomp_profile {
                  type = "RuntimeDefault"
                }
              }

              volume_mount {
                name       = "model"
                mount_path = "/etc/rescfg"
                read_only  = true
              }

              volume_mount {
                name       = "kube-api-access"
                mount_path = "/var/run/secrets/kubernetes.io/serviceaccount"
                read_only  = true
              }
            }

            volume {
              name = "model"

              config_map {
                name = "rescfg-model-${substr(sha256(local.resolved_model), 0, 10)}"
              }
            }

            volume {
              name = "kube-api-access"

              projected {
                sources {
                  service_account_token {
                    path               = "token"
                    expiration_seconds = 3600
                  }
                }

                sources {
                  config_map {
                    name = "kube-root-ca.crt"

                    items {
                      key  = "ca.crt"
                      path = "ca.crt"
                    }
                  }
                }

                sources {
                  downward_api {
                    items {
                      path = "namespace"

                      field_ref {
                        field_path = "metadata.namespace"
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

# The VPC CNI ignores NetworkPolicies unless told otherwise.
resource "aws_eks_addon" "vpc_cni" {
  count = var.aws_manage_addons && var.enable_network_resilience ? 1 : 0

  cluster_name                = var.cluster_name
  addon_name                  = "vpc-cni"
  configuration_values        = jsonencode({ enableNetworkPolicy = "true" })
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "PRESERVE"
  preserve                    = true # The cluster has no network without it.
  tags                        = var.tags
}
