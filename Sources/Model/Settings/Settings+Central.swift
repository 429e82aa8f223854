extension Settings {
  package static let centralKind = Structural(
    "central.kind",
    default: CentralKind.prometheus,
    "What receives at the centre",
    source: "ours"
  )
  package static let centralURL = Setting(
    "central.url",
    default: "http://prometheus-kube-prometheus-prometheus:9090",
    .httpURL,
    "Base URL of the centre; remote write and queries add their paths to it",
    source: "spec: Queue Not Draining"
  )
  package static let outOfOrderWindow = Setting(
    "central.out_of_order_window",
    default: "24h",
    in: "1m"..."30d",
    "How late a sample may reach the centre",
    source: "ours"
  )
  package static let centralRetention = Setting(
    "central.retention",
    default: "15d",
    in: "1h"..."10y",
    "How long the central Prometheus keeps samples",
    source: "upstream: storage.tsdb.retention.time"
  )
  package static let centralStorage = Setting(
    "central.storage_size",
    default: "100Gi",
    bytes: "1Gi"..."64Ti",
    "Volume of the central Prometheus",
    source: "ours"
  )

  static let central = [
    centralKind.info, centralURL.info, outOfOrderWindow.info, centralRetention.info, centralStorage.info,
  ]
}
