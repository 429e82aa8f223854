# Enable Prometheus stack
enable_prometheus_stack = true # rescfg.yaml

# Network resilience configuration
enable_network_resilience   = true  # rescfg.yaml
network_partition_threshold = 3     # failed checks; default
metrics_sync_interval       = 15    # minutes; default
remote_write_queue_capacity = 10000 # samples per shard; default
remote_write_max_backoff    = "30s" # default

# Other configuration
cluster_name = "basic-prod"        # rescfg.yaml, environment prod
namespace    = "observability"     # default
contact      = "the platform team" # default
survive      = "12h"               # default

# remote_write
remote_write_initial_backoff        = "1s"   # default
remote_write_max_samples_per_send   = 1000   # samples; default
remote_write_max_shards             = 10     # shards; default
remote_write_batch_send_deadline    = "5s"   # default
remote_write_metadata_send_interval = "1m"   # default
remote_write_retry_on_http_429      = true   # default
remote_write_remote_timeout         = "30s"  # default
remote_write_retry_after_max        = "5m"   # default
remote_write_drain_rate             = 100000 # samples per second; default

# load
load_series_per_node = 20000 # series; default
load_scrape_interval = "15s" # default
load_nodes           = 10    # nodes; default

# central
central_url                 = "http://prometheus-kube-prometheus-prometheus:9090" # default
central_username            = "rescfg"                                            # default
central_credentials         = "central-access"                                    # default
central_tenant              = "anonymous"                                         # default
central_out_of_order_window = "24h"                                               # default
central_retention           = "15d"                                               # default
central_storage_size        = "100Gi"                                             # default

# storage
storage_size      = "10Gi"                # default
storage_host_path = "/var/lib/rescfg"     # default
storage_class     = "observability-gp3"   # default
storage_kms_key   = "alias/observability" # default

# queue
queue_fsync_interval            = "1s"    # default
queue_resources_requests_cpu    = "50m"   # default
queue_resources_requests_memory = "64Mi"  # default
queue_resources_limits_cpu      = "500m"  # default
queue_resources_limits_memory   = "128Mi" # default

# detector
detector_check_interval            = "30s"   # default
detector_check_timeout             = "10s"   # default
detector_replicas                  = 1       # pods; default
detector_resources_requests_cpu    = "50m"   # default
detector_resources_requests_memory = "64Mi"  # default
detector_resources_limits_cpu      = "100m"  # default
detector_resources_limits_memory   = "128Mi" # default

# sync
sync_resources_requests_cpu    = "50m"   # default
sync_resources_requests_memory = "64Mi"  # default
sync_resources_limits_cpu      = "100m"  # default
sync_resources_limits_memory   = "128Mi" # default

# alerts
alerts_retry_rate      = 0.1    # retried samples per second; default
alerts_retry_for       = "10m"  # default
alerts_queue_age       = "1h"   # default
alerts_queue_fill      = 0.8    # of the capacity; default
alerts_failed_samples  = 100    # samples in 5 minutes; default
alerts_sync_lag        = "5m"   # default
alerts_silent_node_for = "10m"  # default
alerts_alertmanagers   = "none" # default

# drills
drills_enabled = false # default

# agent
agent_resources_requests_cpu    = "100m"  # default
agent_resources_requests_memory = "256Mi" # default
agent_resources_limits_cpu      = "500m"  # default
agent_resources_limits_memory   = "1Gi"   # default

# images
images_rescfg     = "rescfg/rescfg:0.1.0"    # default
images_prometheus = "prom/prometheus:v3.5.0" # default

# network
network_vpc_cidr     = "10.0.0.0/16"   # default
network_service_cidr = "172.20.0.0/16" # default

# aws
aws_region           = "us-east-1"         # default
aws_manage_addons    = true                # default
aws_backup_schedule  = "cron(0 3 * * ? *)" # default
aws_backup_retention = 35                  # days; default
