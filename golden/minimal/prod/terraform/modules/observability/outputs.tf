output "namespace" {
  description = "Namespace of everything here; null where both switches are off"
  value       = one(kubernetes_namespace_v1.observability[*].metadata[0].name)
}

output "central_url" {
  description = "Base URL of the centre"
  value       = var.central_url
}

output "kms_key_arn" {
  description = "Key of volumes and backups; null without network resilience"
  value       = one(aws_kms_key.this[*].arn)
}

output "storage_class" {
  description = "StorageClass of encrypted volumes; null without network resilience"
  value       = one(kubernetes_storage_class_v1.gp3[*].metadata[0].name)
}

output "prometheus_release" {
  description = "Version of the central Prometheus' chart; null where it isn't installed here"
  value       = one(helm_release.prometheus[*].version)
}

output "backup_vault_arn" {
  description = "Where backups of the central volume lie; null where there are none"
  value       = one(aws_backup_vault.this[*].arn)
}
