/// The kinds of object that are rendered, in the order in which they are applied: what others refer to comes first.
public enum KubernetesKind: String, Sendable, CaseIterable {
  case namespace = "Namespace"
  case priorityClass = "PriorityClass"
  case storageClass = "StorageClass"
  case serviceAccount = "ServiceAccount"
  case clusterRole = "ClusterRole"
  case clusterRoleBinding = "ClusterRoleBinding"
  case role = "Role"
  case roleBinding = "RoleBinding"
  case configMap = "ConfigMap"
  case networkPolicy = "NetworkPolicy"
  case service = "Service"
  case podDisruptionBudget = "PodDisruptionBudget"
  case daemonSet = "DaemonSet"
  case statefulSet = "StatefulSet"
  case deployment = "Deployment"
  case cronJob = "CronJob"
  case prometheusRule = "PrometheusRule"

  public var apiVersion: String {
    switch self {
    case .namespace, .serviceAccount, .configMap, .service: "v1"
    case .priorityClass: "scheduling.k8s.io/v1"
    case .storageClass: "storage.k8s.io/v1"
    case .clusterRole, .clusterRoleBinding, .role, .roleBinding: "rbac.authorization.k8s.io/v1"
    case .networkPolicy: "networking.k8s.io/v1"
    case .podDisruptionBudget: "policy/v1"
    case .daemonSet, .statefulSet, .deployment: "apps/v1"
    case .cronJob: "batch/v1"
    case .prometheusRule: "monitoring.coreos.com/v1"
    }
  }

  /// Whether its objects are outside of any namespace.
  public var isClusterScoped: Bool {
    switch self {
    case .namespace, .priorityClass, .storageClass, .clusterRole, .clusterRoleBinding: true
    default: false
    }
  }

  /// Whether Terraform's provider has a resource for it whose plan needs no cluster. A custom resource has none; its
  /// objects are in the YAML only, and the rules reach a Terraform cluster through the chart's values.
  public var hasTypedResource: Bool { self != .prometheusRule }

  /// The two digits that put the files of this kind in their place.
  var ordinal: Int {
    switch self {
    case .namespace: 10
    case .priorityClass, .storageClass: 20
    case .serviceAccount: 30
    case .clusterRole, .clusterRoleBinding, .role, .roleBinding: 40
    case .configMap: 50
    case .networkPolicy: 60
    case .service: 70
    case .podDisruptionBudget: 75
    case .daemonSet, .statefulSet, .deployment, .cronJob: 80
    case .prometheusRule: 90
    }
  }
}
