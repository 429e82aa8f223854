/// What runs in the cluster, under the names that the specification's commands use: of the workload, of its `app`
/// label and of its ServiceAccount.
enum Component: String, CaseIterable {
  case agent = "prometheus-agent"
  case detector = "network-partition-detector"
  case sync = "metrics-sync"

  var name: String { rawValue }

  /// The value of `app.kubernetes.io/component`.
  var role: String {
    switch self {
    case .agent: "collector"
    case .detector: "partition-detector"
    case .sync: "synchronization"
    }
  }

  /// The name of its Terraform resources.
  var terraformName: String { name.map { $0 == "-" ? "_" : String($0) }.joined() }
}

/// Ports, paths and ids that several objects must agree on.
enum Agreed {
  /// rescfg's, or Prometheus' where it is alone (specification, Queue Not Draining: `port-forward <agent-pod> 9090:9090`).
  static let httpPort = 9090
  static let httpPortName = "http"
  static let alertmanagerPort = 9093
  /// Where Prometheus listens when rescfg is beside it and owns 9090.
  static let loopbackPrometheus = "http://127.0.0.1:9091"

  static let modelDirectory = "/etc/rescfg"
  static let modelFile = "rescfg.yaml"
  static let prometheusConfigDirectory = "/etc/prometheus"
  static let prometheusConfigSource = "/etc/prometheus-source"
  static let prometheusConfigFile = "agent.yml"
  static let prometheusData = "/prometheus"
  /// The queue, in the container; storage.host_path says where that lies on the node.
  static let queueDirectory = "/var/lib/rescfg"
  static let logDirectory = "/var/log"
  static let tokenDirectory = "/var/run/secrets/kubernetes.io/serviceaccount"

  /// User and group of every process: above the ids of people and of the node's own services.
  static let userID = 10_001

  /// The `app` label that the central Prometheus' pods get from the chart's values.
  static let centralApp = "kube-prometheus-stack-prometheus"
}
