/// What collects on each node (design: "How the pieces sit in a cluster").
public enum Collector: String, Choice {
  case prometheus
  case rescfg
  case prometheusOnly = "prometheus-only"

  public var meaning: String {
    switch self {
    case .prometheus: "Prometheus agent scrapes, rescfg beside it in the pod queues and sends"
    case .rescfg: "rescfg scrapes, queues and sends"
    case .prometheusOnly: "Prometheus agent alone: nothing unsent survives a restart, nor a cut of its log"
    }
  }

  /// Whether rescfg's durable queue is in the pod.
  public var hasDurableQueue: Bool { self != .prometheusOnly }
  /// Whether a Prometheus process is in the pod.
  public var hasPrometheus: Bool { self != .rescfg }
}

/// Where the queue of an agent lies, and what that loses.
public enum StorageKind: String, Choice {
  case hostPath
  case ephemeral
  case statefulSetPVC

  public var meaning: String {
    switch self {
    case .hostPath:
      "a directory of the node: survives the pod, is lost with the node; needs the privileged Pod Security level"
    case .ephemeral:
      "a volume as old as its pod: survives a container's restart, is lost with the pod, at every rolling update too"
    case .statefulSetPVC:
      "a volume claim of a StatefulSet: survives pod and node, stays in its availability zone; one replica a node"
    }
  }
}

/// What receives remote write at the centre; each has limits of its own.
public enum CentralKind: String, Choice {
  case prometheus
  case mimir
  case thanosReceive = "thanos-receive"
  case victoriametrics
  case amp

  public var meaning: String {
    switch self {
    case .prometheus: "Prometheus' own remote-write receiver, as kube-prometheus-stack runs it"
    case .mimir: "Grafana Mimir: out-of-order window per tenant, none unless it is set"
    case .thanosReceive: "Thanos Receive: answers 409 to late samples, with no out-of-order window unless it is set"
    case .victoriametrics: "VictoriaMetrics: takes samples in any order within its retention"
    case .amp:
      "Amazon Managed Service for Prometheus: signed requests; out of order at most 10 minutes late, nothing older than an hour"
    }
  }
}

/// What a request to the centre shows of who it is from.
public enum CentralAuthentication: String, Choice {
  case none
  case basic
  case bearer
  case sigv4

  public var meaning: String {
    switch self {
    case .none: "nothing: who reaches the centre may write"
    case .basic: "central.username, and the key password of central.credentials"
    case .bearer: "the key token of central.credentials"
    case .sigv4: "a signature by AWS Signature Version 4, with the credentials that the pod is given"
    }
  }
}

/// How the centre and its clients trust each other, where `central.url` is an https one.
public enum CentralTLS: String, Choice {
  case system
  case privateAuthority = "private-ca"
  case mutual

  public var meaning: String {
    switch self {
    case .system: "the centre's certificate comes from an authority that the image knows"
    case .privateAuthority: "the centre's certificate comes from the authority in the key ca.crt of central.credentials"
    case .mutual: "the same, and clients show the certificate in the keys tls.crt and tls.key"
    }
  }
}

/// The remote-write protocol towards the centre.
public enum RemoteWriteProtocol: String, Choice {
  case v1 = "1.0"
  case v2 = "2.0"

  public var meaning: String {
    switch self {
    case .v1: "remote write 1.0, which every receiver speaks"
    case .v2: "remote write 2.0 (experimental upstream), with a fallback to 1.0 on 415"
    }
  }
}

/// When written samples are forced to the disk.
public enum Durability: String, Choice {
  case interval
  case always

  public var meaning: String {
    switch self {
    case .interval: "once per queue.fsync_interval: a power cut may take that much"
    case .always: "before each acknowledgement"
    }
  }
}

/// How a changed agent reaches the nodes.
public enum UpdateStrategy: String, Choice {
  case rollingUpdate = "RollingUpdate"
  case onDelete = "OnDelete"

  public var meaning: String {
    switch self {
    case .rollingUpdate: "one node after the other, at once"
    case .onDelete: "each pod when it is deleted, so that no roll-out meets a partition"
    }
  }
}
