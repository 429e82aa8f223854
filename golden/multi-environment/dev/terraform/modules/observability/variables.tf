variable "enable_prometheus_stack" {
  description = "Install kube-prometheus-stack, the central Prometheus, as Helm release 'prometheus'"
  type        = bool
  default     = false
  nullable    = false
}

variable "enable_network_resilience" {
  description = "Enable network resilience features"
  type        = bool
  default     = false
  nullable    = false
}

variable "network_partition_threshold" {
  description = "Failures before declaring partition (failed checks)"
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.network_partition_threshold >= 1 && var.network_partition_threshold <= 100 && floor(var.network_partition_threshold) == var.network_partition_threshold
    error_message = "network_partition_threshold must be a whole number from 1 to 100."
  }
}

variable "metrics_sync_interval" {
  description = "Minutes between sync checks"
  type        = number
  default     = 15
  nullable    = false

  validation {
    condition     = contains([1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440], var.metrics_sync_interval)
    error_message = "metrics_sync_interval must be one of 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440."
  }
}

variable "remote_write_queue_capacity" {
  description = "Sample buffer size, in memory and per shard; what rides out a partition is the disk queue (samples per shard)"
  type        = number
  default     = 10000
  nullable    = false

  validation {
    condition     = var.remote_write_queue_capacity >= 100 && var.remote_write_queue_capacity <= 1000000 && floor(var.remote_write_queue_capacity) == var.remote_write_queue_capacity
    error_message = "remote_write_queue_capacity must be a whole number from 100 to 1000000."
  }
}

variable "remote_write_max_backoff" {
  description = "Maximum retry delay"
  type        = string
  default     = "30s"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.remote_write_max_backoff)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.remote_write_max_backoff) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 30 && total <= 3600000]),
    ])
    error_message = "remote_write_max_backoff must be a duration from 30ms to 1h, such as 30s or 1h30m."
  }
}

variable "cluster_name" {
  description = "Name of the EKS cluster: external label 'cluster' of every sample, and where add-ons go"
  type        = string
  default     = "main"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$", var.cluster_name))
    error_message = "cluster_name must be letters, digits, '-' and '_', beginning with a letter or digit, at most 100."
  }
}

variable "namespace" {
  description = "Namespace of everything rendered, the central Prometheus included"
  type        = string
  default     = "observability"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "namespace must be a Kubernetes name: lower-case letters, digits and '-', at most 63."
  }
}

variable "contact" {
  description = "Whom the runbook and the alerts name as responsible"
  type        = string
  default     = "the platform team"
  nullable    = false

  validation {
    condition     = can(regex("^[^\\x00-\\x1f\\x7f-\\x9f]{1,200}$", var.contact))
    error_message = "contact must be one line of at most 200 characters, without control characters."
  }
}

variable "survive" {
  description = "The partition that must not lose a sample"
  type        = string
  default     = "12h"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.survive)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.survive) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 60000 && total <= 2592000000]),
    ])
    error_message = "survive must be a duration from 1m to 30d, such as 30s or 1h30m."
  }
}

variable "remote_write_initial_backoff" {
  description = "First retry delay; each further one doubles up to remote_write_max_backoff"
  type        = string
  default     = "1s"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.remote_write_initial_backoff)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.remote_write_initial_backoff) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 1 && total <= 3600000]),
    ])
    error_message = "remote_write_initial_backoff must be a duration from 1ms to 1h, such as 30s or 1h30m."
  }
}

variable "remote_write_max_samples_per_send" {
  description = "Samples in one request at most"
  type        = number
  default     = 1000
  nullable    = false

  validation {
    condition     = var.remote_write_max_samples_per_send >= 1 && var.remote_write_max_samples_per_send <= 100000 && floor(var.remote_write_max_samples_per_send) == var.remote_write_max_samples_per_send
    error_message = "remote_write_max_samples_per_send must be a whole number from 1 to 100000."
  }
}

variable "remote_write_max_shards" {
  description = "Parallel write streams at most (shards)"
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.remote_write_max_shards >= 1 && var.remote_write_max_shards <= 1000 && floor(var.remote_write_max_shards) == var.remote_write_max_shards
    error_message = "remote_write_max_shards must be a whole number from 1 to 1000."
  }
}

variable "remote_write_batch_send_deadline" {
  description = "How long a sample waits for its batch to fill"
  type        = string
  default     = "5s"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.remote_write_batch_send_deadline)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.remote_write_batch_send_deadline) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 100 && total <= 300000]),
    ])
    error_message = "remote_write_batch_send_deadline must be a duration from 100ms to 5m, such as 30s or 1h30m."
  }
}

variable "remote_write_metadata_send_interval" {
  description = "How often metric metadata is sent"
  type        = string
  default     = "1m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.remote_write_metadata_send_interval)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.remote_write_metadata_send_interval) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 1000 && total <= 3600000]),
    ])
    error_message = "remote_write_metadata_send_interval must be a duration from 1s to 1h, such as 30s or 1h30m."
  }
}

variable "remote_write_retry_on_http_429" {
  description = "Retry what the centre refuses with HTTP 429"
  type        = bool
  default     = true
  nullable    = false
}

variable "remote_write_remote_timeout" {
  description = "How long a request to the centre may take"
  type        = string
  default     = "30s"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.remote_write_remote_timeout)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.remote_write_remote_timeout) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 1000 && total <= 600000]),
    ])
    error_message = "remote_write_remote_timeout must be a duration from 1s to 10m, such as 30s or 1h30m."
  }
}

variable "remote_write_retry_after_max" {
  description = "The longest Retry-After that is obeyed"
  type        = string
  default     = "5m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.remote_write_retry_after_max)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.remote_write_retry_after_max) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 1000 && total <= 3600000]),
    ])
    error_message = "remote_write_retry_after_max must be a duration from 1s to 1h, such as 30s or 1h30m."
  }
}

variable "remote_write_drain_rate" {
  description = "Backlog sent per node after a partition, at most; fresh samples are not counted (samples per second)"
  type        = number
  default     = 100000
  nullable    = false

  validation {
    condition     = var.remote_write_drain_rate >= 100 && var.remote_write_drain_rate <= 10000000 && floor(var.remote_write_drain_rate) == var.remote_write_drain_rate
    error_message = "remote_write_drain_rate must be a whole number from 100 to 10000000."
  }
}

variable "load_series_per_node" {
  description = "Series scraped on one node"
  type        = number
  default     = 20000
  nullable    = false

  validation {
    condition     = var.load_series_per_node >= 1 && var.load_series_per_node <= 10000000 && floor(var.load_series_per_node) == var.load_series_per_node
    error_message = "load_series_per_node must be a whole number from 1 to 10000000."
  }
}

variable "load_scrape_interval" {
  description = "How often each target is scraped"
  type        = string
  default     = "15s"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.load_scrape_interval)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.load_scrape_interval) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 1000 && total <= 600000]),
    ])
    error_message = "load_scrape_interval must be a duration from 1s to 10m, such as 30s or 1h30m."
  }
}

variable "load_nodes" {
  description = "Nodes of the cluster; replicas of the agent where storage.kind is statefulSetPVC"
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.load_nodes >= 1 && var.load_nodes <= 100000 && floor(var.load_nodes) == var.load_nodes
    error_message = "load_nodes must be a whole number from 1 to 100000."
  }
}

variable "central_url" {
  description = "Base URL of the centre; remote write and queries add their paths to it"
  type        = string
  default     = "http://prometheus-kube-prometheus-prometheus:9090"
  nullable    = false

  validation {
    condition     = can(regex("^https?://[A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?(/[-A-Za-z0-9_.~/]*[-A-Za-z0-9_.~])?$", var.central_url))
    error_message = "central_url must be an http:// or https:// URL without user, query, fragment or '/' at its end."
  }
}

variable "central_username" {
  description = "Name that goes with the password of central.auth: basic"
  type        = string
  default     = "rescfg"
  nullable    = false

  validation {
    condition     = can(regex("^[^\\x00-\\x1f\\x7f-\\x9f]{1,200}$", var.central_username))
    error_message = "central_username must be one line of at most 200 characters, without control characters."
  }
}

variable "central_credentials" {
  description = "Kubernetes Secret whose keys password, token, ca.crt, tls.crt and tls.key hold what central.auth and central.tls need"
  type        = string
  default     = "central-access"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.central_credentials))
    error_message = "central_credentials must be a Kubernetes name: lower-case letters, digits and '-', at most 63."
  }
}

variable "central_sigv4_region" {
  description = "AWS region that requests are signed for; aws.region where nothing else is said"
  type        = string
  default     = "eu-central-1"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][-A-Za-z0-9_./]{0,99}$", var.central_sigv4_region))
    error_message = "central_sigv4_region must be letters, digits, '-', '_', '.' and '/', beginning with a letter or digit, at most 100."
  }
}

variable "central_tenant" {
  description = "Tenant that samples belong to, where the centre is Mimir"
  type        = string
  default     = "anonymous"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][-A-Za-z0-9_./]{0,99}$", var.central_tenant))
    error_message = "central_tenant must be letters, digits, '-', '_', '.' and '/', beginning with a letter or digit, at most 100."
  }
}

variable "central_out_of_order_window" {
  description = "How late a sample may reach the centre; at 0s, what mimir, thanos-receive and amp have until they are told otherwise, nothing may come out of order, so the oldest goes first and an hour is all that can be made up for"
  type        = string
  default     = "24h"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.central_out_of_order_window)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.central_out_of_order_window) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 0 && total <= 2592000000]),
    ])
    error_message = "central_out_of_order_window must be a duration from 0s to 30d, such as 30s or 1h30m."
  }
}

variable "central_retention" {
  description = "How long the central Prometheus keeps samples"
  type        = string
  default     = "15d"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.central_retention)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.central_retention) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 3600000 && total <= 315360000000]),
    ])
    error_message = "central_retention must be a duration from 1h to 10y, such as 30s or 1h30m."
  }
}

variable "central_storage_size" {
  description = "Volume of the central Prometheus"
  type        = string
  default     = "100Gi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.central_storage_size)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.central_storage_size) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 1073741824000 && total <= 70368744177664000]),
    ])
    error_message = "central_storage_size must be a quantity from 1Gi to 64Ti, such as 10Gi."
  }
}

variable "storage_size" {
  description = "Disk per node for the queue"
  type        = string
  default     = "10Gi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.storage_size)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.storage_size) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 67108864000 && total <= 70368744177664000]),
    ])
    error_message = "storage_size must be a quantity from 64Mi to 64Ti, such as 10Gi."
  }
}

variable "storage_host_path" {
  description = "Directory of the node, where storage.kind is hostPath"
  type        = string
  default     = "/var/lib/rescfg"
  nullable    = false

  validation {
    condition     = can(regex("^(/[A-Za-z0-9_-][-A-Za-z0-9_.]*)+$", var.storage_host_path))
    error_message = "storage_host_path must be an absolute path of letters, digits, '-', '_' and '.'."
  }
}

variable "storage_class" {
  description = "StorageClass of every volume rendered: gp3, encrypted"
  type        = string
  default     = "observability-gp3"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.storage_class))
    error_message = "storage_class must be a Kubernetes name: lower-case letters, digits and '-', at most 63."
  }
}

variable "storage_kms_key" {
  description = "Alias of the KMS key that encrypts the volumes"
  type        = string
  default     = "alias/observability"
  nullable    = false

  validation {
    condition     = can(regex("^alias/[-A-Za-z0-9_/]{1,94}$", var.storage_kms_key))
    error_message = "storage_kms_key must be the alias of a KMS key, such as alias/observability."
  }
}

variable "queue_fsync_interval" {
  description = "How often, where queue.durability is interval"
  type        = string
  default     = "1s"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.queue_fsync_interval)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.queue_fsync_interval) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 10 && total <= 60000]),
    ])
    error_message = "queue_fsync_interval must be a duration from 10ms to 1m, such as 30s or 1h30m."
  }
}

variable "queue_resources_requests_cpu" {
  description = "CPU reserved for the queue's container beside Prometheus"
  type        = string
  default     = "50m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.queue_resources_requests_cpu)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.queue_resources_requests_cpu) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 1 && total <= 64000]),
    ])
    error_message = "queue_resources_requests_cpu must be a quantity from 1m to 64, such as 500m or 2."
  }
}

variable "queue_resources_requests_memory" {
  description = "Memory reserved for the queue's container beside Prometheus"
  type        = string
  default     = "64Mi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.queue_resources_requests_memory)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.queue_resources_requests_memory) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 16777216000 && total <= 68719476736000]),
    ])
    error_message = "queue_resources_requests_memory must be a quantity from 16Mi to 64Gi, such as 10Gi."
  }
}

variable "queue_resources_limits_cpu" {
  description = "CPU limit of the queue's container beside Prometheus"
  type        = string
  default     = "500m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.queue_resources_limits_cpu)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.queue_resources_limits_cpu) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 1 && total <= 64000]),
    ])
    error_message = "queue_resources_limits_cpu must be a quantity from 1m to 64, such as 500m or 2."
  }
}

variable "queue_resources_limits_memory" {
  description = "Memory limit of the queue's container beside Prometheus"
  type        = string
  default     = "128Mi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.queue_resources_limits_memory)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.queue_resources_limits_memory) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 16777216000 && total <= 68719476736000]),
    ])
    error_message = "queue_resources_limits_memory must be a quantity from 16Mi to 64Gi, such as 10Gi."
  }
}

variable "detector_check_interval" {
  description = "How often the centre's health is checked"
  type        = string
  default     = "30s"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.detector_check_interval)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.detector_check_interval) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 1000 && total <= 600000]),
    ])
    error_message = "detector_check_interval must be a duration from 1s to 10m, such as 30s or 1h30m."
  }
}

variable "detector_check_timeout" {
  description = "After what time a check counts as failed"
  type        = string
  default     = "10s"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.detector_check_timeout)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.detector_check_timeout) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 100 && total <= 300000]),
    ])
    error_message = "detector_check_timeout must be a duration from 100ms to 5m, such as 30s or 1h30m."
  }
}

variable "detector_replicas" {
  description = "Pods of the detector; 'kubectl logs -f -l' follows five at most"
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.detector_replicas >= 1 && var.detector_replicas <= 5 && floor(var.detector_replicas) == var.detector_replicas
    error_message = "detector_replicas must be a whole number from 1 to 5."
  }
}

variable "detector_resources_requests_cpu" {
  description = "CPU reserved for the detector"
  type        = string
  default     = "50m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.detector_resources_requests_cpu)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.detector_resources_requests_cpu) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 1 && total <= 64000]),
    ])
    error_message = "detector_resources_requests_cpu must be a quantity from 1m to 64, such as 500m or 2."
  }
}

variable "detector_resources_requests_memory" {
  description = "Memory reserved for the detector"
  type        = string
  default     = "64Mi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.detector_resources_requests_memory)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.detector_resources_requests_memory) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 16777216000 && total <= 68719476736000]),
    ])
    error_message = "detector_resources_requests_memory must be a quantity from 16Mi to 64Gi, such as 10Gi."
  }
}

variable "detector_resources_limits_cpu" {
  description = "CPU limit of the detector"
  type        = string
  default     = "100m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.detector_resources_limits_cpu)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.detector_resources_limits_cpu) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 1 && total <= 64000]),
    ])
    error_message = "detector_resources_limits_cpu must be a quantity from 1m to 64, such as 500m or 2."
  }
}

variable "detector_resources_limits_memory" {
  description = "Memory limit of the detector"
  type        = string
  default     = "128Mi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.detector_resources_limits_memory)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.detector_resources_limits_memory) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 16777216000 && total <= 68719476736000]),
    ])
    error_message = "detector_resources_limits_memory must be a quantity from 16Mi to 64Gi, such as 10Gi."
  }
}

variable "sync_resources_requests_cpu" {
  description = "CPU reserved for the sync job"
  type        = string
  default     = "50m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.sync_resources_requests_cpu)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.sync_resources_requests_cpu) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 1 && total <= 64000]),
    ])
    error_message = "sync_resources_requests_cpu must be a quantity from 1m to 64, such as 500m or 2."
  }
}

variable "sync_resources_requests_memory" {
  description = "Memory reserved for the sync job"
  type        = string
  default     = "64Mi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.sync_resources_requests_memory)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.sync_resources_requests_memory) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 16777216000 && total <= 68719476736000]),
    ])
    error_message = "sync_resources_requests_memory must be a quantity from 16Mi to 64Gi, such as 10Gi."
  }
}

variable "sync_resources_limits_cpu" {
  description = "CPU limit of the sync job"
  type        = string
  default     = "100m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.sync_resources_limits_cpu)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.sync_resources_limits_cpu) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 1 && total <= 64000]),
    ])
    error_message = "sync_resources_limits_cpu must be a quantity from 1m to 64, such as 500m or 2."
  }
}

variable "sync_resources_limits_memory" {
  description = "Memory limit of the sync job"
  type        = string
  default     = "128Mi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.sync_resources_limits_memory)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.sync_resources_limits_memory) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 16777216000 && total <= 68719476736000]),
    ])
    error_message = "sync_resources_limits_memory must be a quantity from 16Mi to 64Gi, such as 10Gi."
  }
}

variable "alerts_retry_rate" {
  description = "HighRemoteWriteRetries: above this rate (retried samples per second)"
  type        = number
  default     = 0.1
  nullable    = false

  validation {
    condition     = var.alerts_retry_rate >= 0.001 && var.alerts_retry_rate <= 1000000
    error_message = "alerts_retry_rate must be a number from 0.001 to 1000000."
  }
}

variable "alerts_retry_for" {
  description = "HighRemoteWriteRetries: for this long"
  type        = string
  default     = "10m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.alerts_retry_for)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.alerts_retry_for) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 60000 && total <= 86400000]),
    ])
    error_message = "alerts_retry_for must be a duration from 1m to 1d, such as 30s or 1h30m."
  }
}

variable "alerts_queue_age" {
  description = "RemoteWriteQueueFull: the oldest unsent sample is older than this"
  type        = string
  default     = "1h"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.alerts_queue_age)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.alerts_queue_age) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 60000 && total <= 2592000000]),
    ])
    error_message = "alerts_queue_age must be a duration from 1m to 30d, such as 30s or 1h30m."
  }
}

variable "alerts_queue_fill" {
  description = "Queue depth that counts as full; the specification's 8000 of 10000 samples (of the capacity)"
  type        = number
  default     = 0.8
  nullable    = false

  validation {
    condition     = var.alerts_queue_fill >= 0.01 && var.alerts_queue_fill <= 1
    error_message = "alerts_queue_fill must be a number from 0.01 to 1."
  }
}

variable "alerts_failed_samples" {
  description = "NetworkPartitionDetected: more samples than this retried without progress (samples in 5 minutes)"
  type        = number
  default     = 100
  nullable    = false

  validation {
    condition     = var.alerts_failed_samples >= 1 && var.alerts_failed_samples <= 1000000000 && floor(var.alerts_failed_samples) == var.alerts_failed_samples
    error_message = "alerts_failed_samples must be a whole number from 1 to 1000000000."
  }
}

variable "alerts_sync_lag" {
  description = "MetricsSyncLag: the newest sample at the centre is older than this"
  type        = string
  default     = "5m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.alerts_sync_lag)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.alerts_sync_lag) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 30000 && total <= 2592000000]),
    ])
    error_message = "alerts_sync_lag must be a duration from 30s to 30d, such as 30s or 1h30m."
  }
}

variable "alerts_silent_node_for" {
  description = "AgentSilent: no sample of a node's agent for this long"
  type        = string
  default     = "10m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$", var.alerts_silent_node_for)),
      alltrue([for total in [try(sum([for part in regexall("([0-9]+)(ms|[ywdhms])", var.alerts_silent_node_for) : part[0] * local.milliseconds_per_unit[part[1]]]), -1)] : total >= 60000 && total <= 86400000]),
    ])
    error_message = "alerts_silent_node_for must be a duration from 1m to 1d, such as 30s or 1h30m."
  }
}

variable "alerts_alertmanagers" {
  description = "Alertmanagers that agents and detector tell themselves, as the centre can't alert on whom it doesn't hear: URLs with commas between, or none"
  type        = string
  default     = "none"
  nullable    = false

  validation {
    condition     = can(regex("^(none|https?://[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[-A-Za-z0-9_.~/]*[-A-Za-z0-9_.~])?(,https?://[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[-A-Za-z0-9_.~/]*[-A-Za-z0-9_.~])?){0,4})$", var.alerts_alertmanagers))
    error_message = "alerts_alertmanagers must be none, or up to five http:// or https:// URLs with commas between, without user, query or fragment."
  }
}

variable "drills_enabled" {
  description = "Let 'rescfg drill partition' cut an agent's own path to its centre, for a time; the order is taken on loopback only"
  type        = bool
  default     = false
  nullable    = false
}

variable "agent_resources_requests_cpu" {
  description = "CPU reserved for the collector"
  type        = string
  default     = "100m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.agent_resources_requests_cpu)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.agent_resources_requests_cpu) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 1 && total <= 64000]),
    ])
    error_message = "agent_resources_requests_cpu must be a quantity from 1m to 64, such as 500m or 2."
  }
}

variable "agent_resources_requests_memory" {
  description = "Memory reserved for the collector"
  type        = string
  default     = "256Mi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.agent_resources_requests_memory)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.agent_resources_requests_memory) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 16777216000 && total <= 549755813888000]),
    ])
    error_message = "agent_resources_requests_memory must be a quantity from 16Mi to 512Gi, such as 10Gi."
  }
}

variable "agent_resources_limits_cpu" {
  description = "CPU limit of the collector"
  type        = string
  default     = "500m"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.agent_resources_limits_cpu)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.agent_resources_limits_cpu) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 1 && total <= 64000]),
    ])
    error_message = "agent_resources_limits_cpu must be a quantity from 1m to 64, such as 500m or 2."
  }
}

variable "agent_resources_limits_memory" {
  description = "Memory limit of the collector"
  type        = string
  default     = "1Gi"
  nullable    = false

  validation {
    condition = alltrue([
      can(regex("^[0-9]{1,15}(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", var.agent_resources_limits_memory)),
      alltrue([for total in [try(sum([for part in regexall("^([0-9]+)([a-zA-Z]*)$", var.agent_resources_limits_memory) : part[0] * local.thousandths_per_unit[part[1]]]), -1)] : total >= 16777216000 && total <= 549755813888000]),
    ])
    error_message = "agent_resources_limits_memory must be a quantity from 16Mi to 512Gi, such as 10Gi."
  }
}

variable "images_rescfg" {
  description = "Image of the agent's queue, detector and sync; pin it by digest"
  type        = string
  default     = "rescfg/rescfg:0.1.0"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][-a-z0-9._/:]*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}|@sha256:[0-9a-f]{64})$", var.images_rescfg))
    error_message = "images_rescfg must be a container image with a tag or a digest."
  }
}

variable "images_prometheus" {
  description = "Image of Prometheus in the agent pod: busybox-based, of prometheus_version; pin it by digest"
  type        = string
  default     = "prom/prometheus:v3.5.0"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][-a-z0-9._/:]*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}|@sha256:[0-9a-f]{64})$", var.images_prometheus))
    error_message = "images_prometheus must be a container image with a tag or a digest."
  }
}

variable "network_vpc_cidr" {
  description = "Network of nodes and pods (the VPC CNI gives pods VPC addresses): scrape targets, kubelets, API server endpoints"
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}/[0-9]{1,2}$", var.network_vpc_cidr))
    error_message = "network_vpc_cidr must be an IPv4 network such as 10.0.0.0/16."
  }
}

variable "network_service_cidr" {
  description = "Network of Service addresses, the API server's included"
  type        = string
  default     = "172.20.0.0/16"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}/[0-9]{1,2}$", var.network_service_cidr))
    error_message = "network_service_cidr must be an IPv4 network such as 10.0.0.0/16."
  }
}

variable "aws_region" {
  description = "AWS region of the cluster"
  type        = string
  default     = "us-east-1"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][-A-Za-z0-9_./]{0,99}$", var.aws_region))
    error_message = "aws_region must be letters, digits, '-', '_', '.' and '/', beginning with a letter or digit, at most 100."
  }
}

variable "aws_manage_addons" {
  description = "Set the vpc-cni add-on to enforce NetworkPolicies and install the EBS CSI driver add-on"
  type        = bool
  default     = true
  nullable    = false
}

variable "aws_backup_schedule" {
  description = "When AWS Backup copies the central volume"
  type        = string
  default     = "cron(0 3 * * ? *)"
  nullable    = false

  validation {
    condition     = can(regex("^(cron|rate)[(][-A-Za-z0-9 ,?*/#]{1,80}[)]$", var.aws_backup_schedule))
    error_message = "aws_backup_schedule must be an AWS schedule such as cron(0 3 * * ? *)."
  }
}

variable "aws_backup_retention" {
  description = "How long a backup is kept (days)"
  type        = number
  default     = 35
  nullable    = false

  validation {
    condition     = var.aws_backup_retention >= 1 && var.aws_backup_retention <= 36500 && floor(var.aws_backup_retention) == var.aws_backup_retention
    error_message = "aws_backup_retention must be a whole number from 1 to 36500."
  }
}

variable "environment" {
  description = "Name of the environment, as in rescfg.yaml"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][-A-Za-z0-9_./]{0,99}$", var.environment))
    error_message = "environment must be letters, digits, '-', '_', '.' and '/', beginning with a letter or digit, at most 100."
  }
}

variable "tags" {
  description = "Tags on every AWS resource that takes them"
  type        = map(string)
  default     = {}
  nullable    = false
}
