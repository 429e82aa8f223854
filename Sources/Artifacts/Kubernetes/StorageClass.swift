import Document
import Model

extension KubernetesContent {
  /// Encrypted gp3 volumes, for the queues and the central Prometheus.
  var storageClass: Object {
    Object(
      "gp3",
      in: .storage,
      when: isPresent,
      object(
        .storageClass,
        named: scope.text(Settings.storageClass),
        labels: commonLabels,
        [
          Entry("provisioner", "ebs.csi.aws.com"),
          Entry(
            "parameters",
            .mapping([
              Entry("type", "gp3"),
              Entry("encrypted", "true", comment: "The driver's default is false."),
              Entry("kmsKeyId", value(Settings.kmsKey)),
              Entry(
                "tagSpecification_1",
                "Backup={{ .PVCName | contains \"kube-prometheus-prometheus-db\" }}",
                comment:
                  "true on the central Prometheus' volume only: a queue restored from a backup sends samples twice."
              ),
              Entry("tagSpecification_2", "Namespace={{ .PVCNamespace }}"),
              Entry("tagSpecification_3", .text("Cluster=" + scope.text(Settings.clusterName))),
            ])
          ),
          Entry("reclaimPolicy", "Delete"),
          Entry(
            "volumeBindingMode",
            "WaitForFirstConsumer",
            comment: "A volume can't leave its availability zone: the pod's node is chosen first."
          ),
          Entry("allowVolumeExpansion", true),
        ]
      )
    )
  }
}
