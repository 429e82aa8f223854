"""Another value for every setting that is a Terraform variable, and the model that has them."""
import yaml

# Values that fit each other, so that the model's cross-checks have nothing to say.
CHANGES = {
    "cluster_name": "other-cluster",
    "namespace": "metrics",
    "contact": 'a "quoted" ${team} %{if} {{ $labels.x }} `b` #1: \\ é',
    "network_partition_threshold": 7,
    "metrics_sync_interval": 20,
    "remote_write_queue_capacity": 25000,
    "remote_write_max_backoff": "1m",
    "remote_write.initial_backoff": "2s",
    "remote_write.max_samples_per_send": 2500,
    "remote_write.max_shards": 12,
    "remote_write.batch_send_deadline": "7s",
    "remote_write.metadata_send_interval": "2m",
    "remote_write.retry_on_http_429": False,
    "remote_write.remote_timeout": "20s",
    "remote_write.retry_after_max": "10m",
    "remote_write.drain_rate": 50000,
    "survive": "20m",
    "load.series_per_node": 1500,
    "load.scrape_interval": "20s",
    "load.nodes": 7,
    "central.url": "https://central.example:8443/prometheus",
    "central.out_of_order_window": "48h",
    "central.retention": "30d",
    "central.storage_size": "200Gi",
    "storage.size": "20Gi",
    "storage.host_path": "/data/rescfg",
    "storage.class": "other-gp3",
    "storage.kms_key": "alias/other",
    "queue.fsync_interval": "2s",
    "queue.resources.requests.cpu": "60m",
    "queue.resources.requests.memory": "96Mi",
    "queue.resources.limits.cpu": "600m",
    "queue.resources.limits.memory": "192Mi",
    "detector.check_interval": "20s",
    "detector.check_timeout": "5s",
    "detector.replicas": 2,
    "detector.resources.requests.cpu": "70m",
    "detector.resources.requests.memory": "80Mi",
    "detector.resources.limits.cpu": "200m",
    "detector.resources.limits.memory": "160Mi",
    "sync.resources.requests.cpu": "80m",
    "sync.resources.requests.memory": "72Mi",
    "sync.resources.limits.cpu": "150m",
    "sync.resources.limits.memory": "144Mi",
    "agent.resources.requests.cpu": "150m",
    "agent.resources.requests.memory": "300Mi",
    "agent.resources.limits.cpu": "700m",
    "agent.resources.limits.memory": "2Gi",
    "alerts.retry_rate": 0.25,
    "alerts.retry_for": "15m",
    "alerts.queue_age": "10m",
    "alerts.queue_fill": 0.7,
    "alerts.failed_samples": 250,
    "alerts.sync_lag": "6m",
    "alerts.silent_node_for": "12m",
    "images.rescfg": "mirror.example/rescfg:0.2.0",
    "network.vpc_cidr": "10.64.0.0/16",
    "network.service_cidr": "10.100.0.0/16",
    "aws.region": "eu-west-1",
    "aws.manage_addons": False,
    "aws.backup_schedule": "cron(30 4 * * ? *)",
    "aws.backup_retention": 14,
}


def all_changes(case):
    """`CHANGES`, and an image: it has to be of the case's release."""
    release = case.settings.get("prometheus_version", "3.5")
    return {**CHANGES, "images.prometheus": f"mirror.example/prometheus:v{release}.1"}


SPECIFIED_CHANGES = [
    {"enable_network_resilience": False},
    {"enable_prometheus_stack": False},
    {"network_partition_threshold": 9},
    {"metrics_sync_interval": 60},
    {"metrics_sync_interval": 720},
    {"remote_write_queue_capacity": 40000},
    {"remote_write_max_backoff": "60s"},
]


def terraform_name(path):
    return path.replace(".", "_")


def changed_model(case, change, directory):
    """The case's model with `change` in its environment, in `directory`."""
    model = yaml.safe_load(case.model.read_text())
    overlay = model["environments"][case.environment] or {}
    for path, value in change.items():
        *parents, key = path.split(".")
        place = overlay
        for parent in parents:
            place = place.setdefault(parent, {})
        place[key] = value
    model["environments"][case.environment] = overlay
    file = directory / "rescfg.yaml"
    file.write_text(yaml.safe_dump(model, allow_unicode=True, sort_keys=False))
    return file
