import Document
import Model

/// What is scraped on a node of Kubernetes where the model names no targets: everything of the node itself, nothing of
/// another, so that a node cut off from the rest still collects.
/// - Parameter findsServices: whether the collector can look up services and their endpoints.
func standardJobs<H>(findsServices: Bool) -> [Tree<H>] {
  let services: [ScrapeJob<H>] = findsServices ? [serviceEndpointsJob()] : []
  let jobs: [ScrapeJob<H>] = [
    kubeletJob("kubernetes-nodes", path: "/metrics", comment: "The kubelet of this node"),
    kubeletJob("kubernetes-cadvisor", path: "/metrics/cadvisor", comment: "The containers of this node"),
    podsJob(),
  ]
  return (jobs + services + [nodeExporterJob()]).map(\.tree)
}

/// The agent and, where there is one, the Prometheus beside it. Both listen in the pod's own network.
func agentJob<S: Scope>(_ scope: S) -> Tree<S.H> {
  let targets = scope[Settings.collector] == .prometheus ? ["127.0.0.1:9090", "127.0.0.1:9091"] : ["127.0.0.1:9090"]
  return ScrapeJob(
    name: agentJobName,
    comment: "The agent itself: alerts know by this job which nodes are heard",
    discovery: .init("static_configs", [["targets": .strings(targets)]]),
    relabeling: [
      Relabeling.set(
        "instance",
        from: ["__address__"],
        matching: "127[.]0[.]0[.]1:(.+)",
        to: nodeNamePlaceholder + ":$1"
      )
    ]
  ).tree
}

private let serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount"

private func kubeletJob<H>(_ name: String, path: String, comment: String) -> ScrapeJob<H> {
  ScrapeJob(
    name: name,
    comment: comment,
    fields: [
      .init("scheme", "https"),
      .init("metrics_path", "\(path)"),
      .init("authorization", ["credentials_file": "\(serviceAccount)/token"]),
      .init("tls_config", ["ca_file": "\(serviceAccount)/ca.crt"]),
    ],
    discovery: discovery(role: "node", selecting: "node", field: "metadata.name=\(nodeNamePlaceholder)"),
    relabeling: [Relabeling.copy("__meta_kubernetes_node_name", to: "instance")]
  )
}

private func podsJob<H>() -> ScrapeJob<H> {
  let annotation = "__meta_kubernetes_pod_annotation_prometheus_io_"
  return ScrapeJob(
    name: "kubernetes-pods",
    comment: "Pods of this node with the annotation prometheus.io/scrape",
    discovery: podsOfThisNode(),
    relabeling: [
      Relabeling.keep(where: [annotation + "scrape"], match: "true"),
      Relabeling.drop(where: ["__meta_kubernetes_pod_phase"], match: "Pending|Succeeded|Failed|Completed"),
    ] + annotatedTarget(annotation) + [
      Relabeling.copy("__meta_kubernetes_namespace", to: "namespace"),
      Relabeling.copy("__meta_kubernetes_pod_name", to: "pod"),
      Relabeling.copy("__meta_kubernetes_pod_container_name", to: "container"),
    ]
  )
}

/// The services' endpoints on this node. The pods known here are only the node's own, so an endpoint elsewhere has no
/// pod labels and is left out.
private func serviceEndpointsJob<H>() -> ScrapeJob<H> {
  let annotation = "__meta_kubernetes_service_annotation_prometheus_io_"
  return ScrapeJob(
    name: "kubernetes-service-endpoints",
    comment: "Endpoints on this node of services with the annotation prometheus.io/scrape",
    discovery: discovery(role: "endpointslice", selecting: "pod", field: "spec.nodeName=\(nodeNamePlaceholder)"),
    relabeling: [
      Relabeling.keep(where: ["__meta_kubernetes_pod_node_name"], match: nodeNamePlaceholder),
      Relabeling.keep(where: [annotation + "scrape"], match: "true"),
    ] + annotatedTarget(annotation) + [
      Relabeling.copy("__meta_kubernetes_namespace", to: "namespace"),
      Relabeling.copy("__meta_kubernetes_service_name", to: "service"),
      Relabeling.copy("__meta_kubernetes_pod_name", to: "pod"),
    ]
  )
}

private func nodeExporterJob<H>() -> ScrapeJob<H> {
  ScrapeJob(
    name: "node-exporter",
    comment: "The node-exporter of this node",
    discovery: podsOfThisNode(),
    relabeling: [
      Relabeling.keep(
        where: ["__meta_kubernetes_pod_label_app_kubernetes_io_name"],
        match: "node-exporter|prometheus-node-exporter"
      ),
      Relabeling.keep(where: ["__meta_kubernetes_pod_container_port_number"], match: "9100"),
      Relabeling.copy("__meta_kubernetes_pod_node_name", to: "instance"),
    ]
  )
}

/// Scheme, path and port as annotations have them. An annotation with a port of its own wins over the discovered one.
private func annotatedTarget<H>(_ annotation: String) -> [Tree<H>] {
  [
    Relabeling.set("__scheme__", from: [annotation + "scheme"], matching: "(https?)", to: "$1"),
    Relabeling.set("__metrics_path__", from: [annotation + "path"], matching: "(.+)", to: "$1"),
    Relabeling.set(
      "__address__",
      from: ["__address__", annotation + "port"],
      matching: "(.+?)(?::[0-9]+)?;([0-9]+)",
      to: "$1:$2"
    ),
  ]
}

/// Jobs that ask for the same share one watch on the API server.
private func podsOfThisNode<H>() -> Tree<H>.Entry {
  discovery(role: "pod", selecting: "pod", field: "spec.nodeName=\(nodeNamePlaceholder)")
}

private func discovery<H>(role: String, selecting selected: String, field: String) -> Tree<H>.Entry {
  .init(
    "kubernetes_sd_configs",
    [["role": "\(role)", "selectors": [["role": "\(selected)", "field": "\(field)"]]]]
  )
}
