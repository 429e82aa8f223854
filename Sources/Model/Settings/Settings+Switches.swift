extension Settings {
  public static let enablePrometheusStack = Setting(
    "enable_prometheus_stack",
    default: false,
    "Install kube-prometheus-stack, the central Prometheus, as Helm release 'prometheus'",
    source: "spec: Basic Configuration"
  )
  public static let enableNetworkResilience = Setting(
    "enable_network_resilience",
    default: false,
    "Enable network resilience features",
    source: "spec: Configuration Variables"
  )
  public static let clusterName = Setting(
    "cluster_name",
    default: "main",
    .clusterName,
    "Name of the EKS cluster: external label 'cluster' of every sample, and where add-ons go",
    source: "ours"
  )
  public static let namespace = Setting(
    "namespace",
    default: "observability",
    .dnsLabel,
    "Namespace of everything rendered, the central Prometheus included",
    source: "spec: Operational Procedures"
  )
  public static let contact = Setting(
    "contact",
    default: "the platform team",
    .line,
    "Whom the runbook and the alerts name as responsible",
    source: "ours"
  )

  static let switches = [
    enablePrometheusStack.info, enableNetworkResilience.info, clusterName.info, namespace.info, contact.info,
  ]
}
