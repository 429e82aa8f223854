/// How Terraform's Kubernetes provider spells the field names of Kubernetes objects.
///
/// Source: hashicorp/kubernetes 2.38, its resource schemas. The rule is snake_case, with the exceptions here.
enum KubernetesNames {
  /// Names whose parts the rule would cut wrong.
  private static let irregular = [
    "clientIP": "client_ip", "clusterIP": "cluster_ip", "clusterIPs": "cluster_ips", "downwardAPI": "downward_api",
    "externalIPs": "external_ips", "hostIP": "host_ip", "hostIPC": "host_ipc", "hostPID": "host_pid",
    "insecureSkipTLSVerify": "insecure_skip_tls_verify", "loadBalancerIP": "load_balancer_ip",
    "nonResourceURLs": "non_resource_urls", "runAsUserName": "run_as_username", "timeZone": "timezone",
    "volumeID": "volume_id",
  ]

  /// Lists whose blocks, one an element, go by the singular.
  private static let singular = [
    "containers": "container", "httpHeaders": "http_header", "initContainers": "init_container",
    "nodeSelectorTerms": "node_selector_term", "onPodConditions": "on_pod_condition", "options": "option",
    "ports": "port", "readinessGates": "readiness_gate", "rules": "rule", "secrets": "secret", "subjects": "subject",
    "sysctls": "sysctl", "tolerations": "toleration", "topologySpreadConstraints": "topology_spread_constraint",
    "volumeClaimTemplates": "volume_claim_template", "volumeDevices": "volume_device", "volumeMounts": "volume_mount",
    "volumes": "volume",
  ]

  /// Names that differ by what they are in: the kind of object, or the field around.
  private static let inside = [
    "DaemonSet": ["updateStrategy": "strategy"],
    "ServiceAccount": ["imagePullSecrets": "image_pull_secret"],
    "StorageClass": ["provisioner": "storage_provisioner"],
    "ingress": ["ports": "ports"],
    "egress": ["ports": "ports"],
  ]

  /// Mappings with keys of the author's: a map in Terraform, where other mappings are blocks.
  private static let maps: Set<String> = [
    "annotations", "binaryData", "data", "labels", "limits", "matchLabels", "nodeSelector", "parameters", "requests",
    "volumeAttributes",
  ]

  /// Modes of files, which the provider takes as octal digits.
  static let octal: Set<String> = ["defaultMode", "mode"]

  /// Fields whose `metadata` the provider demands even where it says nothing.
  static let templates: Set<String> = ["template", "jobTemplate", "volumeClaimTemplate", "volumeClaimTemplates"]

  static func isMap(_ key: String, inside field: String, of kind: String) -> Bool {
    maps.contains(key) || key == "selector" && field == "spec" && kind == "Service"
  }

  static func block(_ key: String, inside field: String, of kind: String) -> String {
    exception(key, field, kind) ?? singular[key] ?? attribute(key, inside: field, of: kind)
  }

  static func attribute(_ key: String, inside field: String, of kind: String) -> String {
    exception(key, field, kind) ?? irregular[key] ?? snakeCased(key)
  }

  static func resource(_ kind: String) -> String { "kubernetes_\(snakeCased(kind))_v1" }

  private static func exception(_ key: String, _ field: String, _ kind: String) -> String? {
    inside[field]?[key] ?? inside[kind]?[key]
  }
}

/// `hostPath` as `host_path`.
func snakeCased(_ name: String) -> String {
  var result: [UInt8] = []
  for byte in name.utf8 {
    if (0x41...0x5a).contains(byte) {
      if !result.isEmpty { result.append(UInt8(ascii: "_")) }
      result.append(byte + 0x20)
    } else {
      result.append(byte)
    }
  }
  return String(decoding: result, as: UTF8.self)
}
