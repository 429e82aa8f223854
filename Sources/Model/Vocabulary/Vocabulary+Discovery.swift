extension Vocabulary {
  /// Where targets come from. The four that rescfg itself knows are looked into; the others are Prometheus' business.
  static let discoveryFields: [Field] =
    [
      .field("static_configs", .list(.object(staticConfig))),
      .field("file_sd_configs", .list(.object(fileDiscovery))),
      .field("http_sd_configs", .list(.object(httpDiscovery))),
      .field("kubernetes_sd_configs", .list(.object(kubernetesDiscovery))),
    ]
    + otherDiscoveries.map { .field($0 + "_sd_configs", .list(.opaque)) }
    + laterDiscoveries.map { .field($0.key + "_sd_configs", .list(.opaque), since: $0.value) }

  /// Whether the field is a kind of discovery that only Prometheus does.
  public static func isPrometheusOnly(discovery field: String) -> Bool {
    guard field.hasSuffix("_sd_configs") else { return false }
    return !["file_sd_configs", "http_sd_configs", "kubernetes_sd_configs"].contains(field)
  }

  private static let laterDiscoveries: KeyValuePairs = [
    "stackit": PrometheusVersion(3, 5), "aws": PrometheusVersion(3, 8), "ecs": PrometheusVersion(3, 8),
    "msk": PrometheusVersion(3, 10), "elasticache": PrometheusVersion(3, 11), "rds": PrometheusVersion(3, 11),
    "outscale": PrometheusVersion(3, 12), "oci": PrometheusVersion(3, 14),
  ]

  private static let otherDiscoveries = [
    "azure", "consul", "digitalocean", "dns", "docker", "dockerswarm", "ec2", "eureka", "gce", "hetzner", "ionos",
    "kuma",
    "lightsail", "linode", "marathon", "nerve", "nomad", "openstack", "ovhcloud", "puppetdb", "scaleway", "serverset",
    "triton", "uyuni", "vultr",
  ]

  private static let staticConfig = Vocabulary(
    "static config",
    [.field("targets", .list(.text), isRequired: true), .field("labels", .labels)]
  )

  private static let fileDiscovery = Vocabulary(
    "file_sd_config",
    [.field("files", .list(.text), isRequired: true), .field("refresh_interval", .duration)]
  )

  private static let httpDiscovery = Vocabulary(
    "http_sd_config",
    [.field("url", .url, isRequired: true), .field("refresh_interval", .duration)] + httpClientFields
  )

  private static let roles: [Word] = ["node", "pod", "service", "endpoints", "endpointslice", "ingress"]

  private static let kubernetesDiscovery = Vocabulary(
    "kubernetes_sd_config",
    [
      .field("api_server", .url),
      .field("role", .word(roles), isRequired: true),
      .field("kubeconfig_file", .text),
      .field("namespaces", .object(namespaces)),
      .field("selectors", .list(.object(selector))),
      .field("attach_metadata", .object(attachMetadata)),
    ] + httpClientFields
  )

  private static let namespaces = Vocabulary(
    "namespaces",
    [.field("own_namespace", .boolean), .field("names", .list(.text))]
  )

  private static let selector = Vocabulary(
    "selector",
    [.field("role", .word(roles), isRequired: true), .field("label", .text), .field("field", .text)]
  )

  private static let attachMetadata = Vocabulary(
    "attach_metadata",
    [.field("node", .boolean), .field("namespace", .boolean, since: PrometheusVersion(3, 6))]
  )
}
