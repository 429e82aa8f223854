extension Settings {
  public static let centralKind = Structural(
    "central.kind",
    default: CentralKind.prometheus,
    "What receives at the centre",
    source: "ours"
  )
  public static let centralURL = Setting(
    "central.url",
    default: "http://prometheus-kube-prometheus-prometheus:9090",
    .httpURL,
    "Base URL of the centre; remote write and queries add their paths to it",
    source: "spec: Queue Not Draining"
  )
  public static let centralWritePath = Structural(
    "central.write_path",
    .text(.urlPath),
    default: CentralKind.prometheus.remoteWritePath,
    "Path below central.url that takes remote write, with a query if there is one; the standard one of central.kind where nothing else is said",
    source: "upstream: each kind's own"
  )
  public static let centralAuthentication = Structural(
    "central.auth",
    default: CentralAuthentication.none,
    "What requests to the centre show; sigv4 where the centre is amp",
    source: "ours"
  )
  public static let centralUsername = Setting(
    "central.username",
    default: "rescfg",
    .line,
    "Name that goes with the password of central.auth: basic",
    source: "ours"
  )
  public static let centralCredentials = Setting(
    "central.credentials",
    default: "central-access",
    .dnsLabel,
    "Kubernetes Secret whose keys password, token, ca.crt, tls.crt and tls.key hold what central.auth and central.tls need",
    source: "ours"
  )
  public static let centralTLS = Structural(
    "central.tls",
    default: CentralTLS.system,
    "Whose certificate the centre shows, and whether the agents show one",
    source: "ours"
  )
  public static let centralSigningRegion = Setting(
    "central.sigv4_region",
    default: "us-east-1",
    .name,
    "AWS region that requests are signed for; aws.region where nothing else is said",
    source: "upstream: remote_write.sigv4"
  )
  public static let centralTenant = Setting(
    "central.tenant",
    default: "anonymous",
    .name,
    "Tenant that samples belong to, where the centre is Mimir",
    source: "upstream: Mimir, X-Scope-OrgID"
  )
  public static let outOfOrderWindow = Setting(
    "central.out_of_order_window",
    default: "24h",
    in: "0s"..."30d",
    "How late a sample may reach the centre; at 0s, what mimir, thanos-receive and amp have until they are told otherwise, nothing may come out of order, so the oldest goes first and an hour is all that can be made up for",
    source: "ours"
  )
  public static let centralRetention = Setting(
    "central.retention",
    default: "15d",
    in: "1h"..."10y",
    "How long the central Prometheus keeps samples",
    source: "upstream: storage.tsdb.retention.time"
  )
  public static let centralStorage = Setting(
    "central.storage_size",
    default: "100Gi",
    bytes: "1Gi"..."64Ti",
    "Volume of the central Prometheus",
    source: "ours"
  )

  static let central = [
    centralKind.info, centralURL.info, centralWritePath.info, centralAuthentication.info, centralUsername.info,
    centralCredentials.info,
    centralTLS.info, centralSigningRegion.info, centralTenant.info, outOfOrderWindow.info, centralRetention.info,
    centralStorage.info,
  ]
}
