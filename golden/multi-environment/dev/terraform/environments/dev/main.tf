terraform {
  required_version = ">= 1.9"

  required_providers {
    aws        = { source = "hashicorp/aws", version = ">= 5.80, < 7.0" }
    helm       = { source = "hashicorp/helm", version = "~> 3.0" }
    kubernetes = { source = "hashicorp/kubernetes", version = ">= 2.30, < 4.0" }
  }
}

provider "aws" {
  region = var.aws_region
}

data "aws_eks_cluster" "this" {
  name = var.cluster_name
}

provider "kubernetes" {
  host                   = data.aws_eks_cluster.this.endpoint
  cluster_ca_certificate = base64decode(data.aws_eks_cluster.this.certificate_authority[0].data)

  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "aws"
    args        = ["eks", "get-token", "--region", var.aws_region, "--cluster-name", var.cluster_name]
  }
}

provider "helm" {
  kubernetes = {
    host                   = data.aws_eks_cluster.this.endpoint
    cluster_ca_certificate = base64decode(data.aws_eks_cluster.this.certificate_authority[0].data)
    exec = {
      api_version = "client.authentication.k8s.io/v1beta1"
      command     = "aws"
      args        = ["eks", "get-token", "--region", var.aws_region, "--cluster-name", var.cluster_name]
    }
  }
}

module "observability" {
  source = "../../modules/observability"

  environment = "dev"
  tags        = var.tags

  # Enable Prometheus stack
  enable_prometheus_stack = var.enable_prometheus_stack

  # Network resilience configuration
  enable_network_resilience   = var.enable_network_resilience
  network_partition_threshold = var.network_partition_threshold # Failures before declaring partition
  metrics_sync_interval       = var.metrics_sync_interval       # Minutes between sync checks
  remote_write_queue_capacity = var.remote_write_queue_capacity # Sample buffer size
  remote_write_max_backoff    = var.remote_write_max_backoff    # Maximum retry delay

  # Other configuration
  cluster_name = var.cluster_name
  namespace    = var.namespace
  contact      = var.contact
  survive      = var.survive

  # remote_write
  remote_write_initial_backoff        = var.remote_write_initial_backoff
  remote_write_max_samples_per_send   = var.remote_write_max_samples_per_send
  remote_write_max_shards             = var.remote_write_max_shards
  remote_write_batch_send_deadline    = var.remote_write_batch_send_deadline
  remote_write_metadata_send_interval = var.remote_write_metadata_send_interval
  remote_write_retry_on_http_429      = var.remote_write_retry_on_http_429
  remote_write_remote_timeout         = var.remote_write_remote_timeout
  remote_write_retry_after_max        = var.remote_write_retry_after_max
  remote_write_drain_rate             = var.remote_write_drain_rate

  # load
  load_series_per_node = var.load_series_per_node
  load_scrape_interval = var.load_scrape_interval
  load_nodes           = var.load_nodes

  # central
  central_url                 = var.central_url
  central_username            = var.central_username
  central_credentials         = var.central_credentials
  central_sigv4_region        = coalesce(var.central_sigv4_region, var.aws_region)
  central_tenant              = var.central_tenant
  central_out_of_order_window = var.central_out_of_order_window
  central_retention           = var.central_retention
  central_storage_size        = var.central_storage_size

  # storage
  storage_size      = var.storage_size
  storage_host_path = var.storage_host_path
  storage_class     = var.storage_class
  storage_kms_key   = var.storage_kms_key

  # queue
  queue_fsync_interval            = var.queue_fsync_interval
  queue_resources_requests_cpu    = var.queue_resources_requests_cpu
  queue_resources_requests_memory = var.queue_resources_requests_memory
  queue_resources_limits_cpu      = var.queue_resources_limits_cpu
  queue_resources_limits_memory   = var.queue_resources_limits_memory

  # detector
  detector_check_interval            = var.detector_check_interval
  detector_check_timeout             = var.detector_check_timeout
  detector_replicas                  = var.detector_replicas
  detector_resources_requests_cpu    = var.detector_resources_requests_cpu
  detector_resources_requests_memory = var.detector_resources_requests_memory
  detector_resources_limits_cpu      = var.detector_resources_limits_cpu
  detector_resources_limits_memory   = var.detector_resources_limits_memory

  # sync
  sync_resources_requests_cpu    = var.sync_resources_requests_cpu
  sync_resources_requests_memory = var.sync_resources_requests_memory
  sync_resources_limits_cpu      = var.sync_resources_limits_cpu
  sync_resources_limits_memory   = var.sync_resources_limits_memory

  # alerts
  alerts_retry_rate      = var.alerts_retry_rate
  alerts_retry_for       = var.alerts_retry_for
  alerts_queue_age       = var.alerts_queue_age
  alerts_queue_fill      = var.alerts_queue_fill
  alerts_failed_samples  = var.alerts_failed_samples
  alerts_sync_lag        = var.alerts_sync_lag
  alerts_silent_node_for = var.alerts_silent_node_for
  alerts_alertmanagers   = var.alerts_alertmanagers

  # drills
  drills_enabled = var.drills_enabled

  # agent
  agent_resources_requests_cpu    = var.agent_resources_requests_cpu
  agent_resources_requests_memory = var.agent_resources_requests_memory
  agent_resources_limits_cpu      = var.agent_resources_limits_cpu
  agent_resources_limits_memory   = var.agent_resources_limits_memory

  # images
  images_rescfg     = var.images_rescfg
  images_prometheus = var.images_prometheus

  # network
  network_vpc_cidr     = var.network_vpc_cidr
  network_service_cidr = var.network_service_cidr

  # aws
  aws_region           = var.aws_region
  aws_manage_addons    = var.aws_manage_addons
  aws_backup_schedule  = var.aws_backup_schedule
  aws_backup_retention = var.aws_backup_retention
}

output "observability" {
  description = "What the module made, for configurations that build on it"
  value       = module.observability
}

# Set in terraform.tfvars, described and checked by the module.
variable "enable_prometheus_stack" { type = bool }
variable "enable_network_resilience" { type = bool }
variable "network_partition_threshold" { type = number }
variable "metrics_sync_interval" { type = number }
variable "remote_write_queue_capacity" { type = number }
variable "remote_write_max_backoff" { type = string }
variable "cluster_name" { type = string }
variable "namespace" { type = string }
variable "contact" { type = string }
variable "survive" { type = string }
variable "remote_write_initial_backoff" { type = string }
variable "remote_write_max_samples_per_send" { type = number }
variable "remote_write_max_shards" { type = number }
variable "remote_write_batch_send_deadline" { type = string }
variable "remote_write_metadata_send_interval" { type = string }
variable "remote_write_retry_on_http_429" { type = bool }
variable "remote_write_remote_timeout" { type = string }
variable "remote_write_retry_after_max" { type = string }
variable "remote_write_drain_rate" { type = number }
variable "load_series_per_node" { type = number }
variable "load_scrape_interval" { type = string }
variable "load_nodes" { type = number }
variable "central_url" { type = string }
variable "central_username" { type = string }
variable "central_credentials" { type = string }

variable "central_sigv4_region" {
  type    = string
  default = null
}

variable "central_tenant" { type = string }
variable "central_out_of_order_window" { type = string }
variable "central_retention" { type = string }
variable "central_storage_size" { type = string }
variable "storage_size" { type = string }
variable "storage_host_path" { type = string }
variable "storage_class" { type = string }
variable "storage_kms_key" { type = string }
variable "queue_fsync_interval" { type = string }
variable "queue_resources_requests_cpu" { type = string }
variable "queue_resources_requests_memory" { type = string }
variable "queue_resources_limits_cpu" { type = string }
variable "queue_resources_limits_memory" { type = string }
variable "detector_check_interval" { type = string }
variable "detector_check_timeout" { type = string }
variable "detector_replicas" { type = number }
variable "detector_resources_requests_cpu" { type = string }
variable "detector_resources_requests_memory" { type = string }
variable "detector_resources_limits_cpu" { type = string }
variable "detector_resources_limits_memory" { type = string }
variable "sync_resources_requests_cpu" { type = string }
variable "sync_resources_requests_memory" { type = string }
variable "sync_resources_limits_cpu" { type = string }
variable "sync_resources_limits_memory" { type = string }
variable "alerts_retry_rate" { type = number }
variable "alerts_retry_for" { type = string }
variable "alerts_queue_age" { type = string }
variable "alerts_queue_fill" { type = number }
variable "alerts_failed_samples" { type = number }
variable "alerts_sync_lag" { type = string }
variable "alerts_silent_node_for" { type = string }
variable "alerts_alertmanagers" { type = string }
variable "drills_enabled" { type = bool }
variable "agent_resources_requests_cpu" { type = string }
variable "agent_resources_requests_memory" { type = string }
variable "agent_resources_limits_cpu" { type = string }
variable "agent_resources_limits_memory" { type = string }
variable "images_rescfg" { type = string }
variable "images_prometheus" { type = string }
variable "network_vpc_cidr" { type = string }
variable "network_service_cidr" { type = string }
variable "aws_region" { type = string }
variable "aws_manage_addons" { type = bool }
variable "aws_backup_schedule" { type = string }
variable "aws_backup_retention" { type = number }

variable "tags" {
  description = "Tags on every AWS resource that takes them"
  type        = map(string)
  default     = {}
  nullable    = false
}
