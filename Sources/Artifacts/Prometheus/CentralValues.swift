public import Document
import Model

/// The Helm release of kube-prometheus-stack: with it the Service is `prometheus-kube-prometheus-prometheus`.
public let centralReleaseName = "prometheus"

/// prometheus/central-values.yaml: values of kube-prometheus-stack.
///
/// Where the centre is another kind, the stack's Prometheus is no centre: it scrapes the cluster's own components and
/// writes them on, for Grafana and for the alerts that need a list of nodes.
///
/// - Parameter onOwnStorageClass: whether its volume is of the StorageClass that comes with network resilience; without,
///   it is of the cluster's default class.
public func centralValues<S: Scope>(_ scope: S, onOwnStorageClass: Bool) -> Tree<S.H> {
  [
    "prometheus": [
      "service": ["port": 9090],
      "prometheusSpec": prometheusSpec(scope, onOwnStorageClass: onOwnStorageClass),
    ],
    "grafana": [
      "sidecar": ["dashboards": ["enabled": true, "label": "grafana_dashboard", "labelValue": "1"]]
    ],
    // A managed control plane answers no scrape; its jobs would only alert on their own absence.
    "kubeControllerManager": ["enabled": false],
    "kubeScheduler": ["enabled": false],
    "kubeEtcd": ["enabled": false],
    "kubeProxy": ["enabled": false],
  ]
}

/// The rules as values of kube-prometheus-stack, for the centre it runs: a document of its own, so that it can go with
/// `centralValues` or not.
public func rulesMapValues<H>(_ rules: Tree<H>) -> Tree<H> {
  ["additionalPrometheusRulesMap": ["network-resilience": rules]]
}

/// What network resilience adds to `centralValues`: its StorageClass, which may not be named where it doesn't exist.
public func ownStorageClassValues<S: Scope>(_ scope: S) -> Tree<S.H> {
  let claim: Tree<S.H> = ["spec": ["storageClassName": .text(scope.text(Settings.storageClass))]]
  return ["prometheus": ["prometheusSpec": ["storageSpec": ["volumeClaimTemplate": claim]]]]
}

private func prometheusSpec<S: Scope>(_ scope: S, onOwnStorageClass: Bool) -> Tree<S.H> {
  let isCentre = scope[Settings.centralKind] == .prometheus
  return .mapping(
    (isCentre ? receiver(scope) : forwarder(scope)) + [
      .init("scrapeInterval", .text(scope.text(Settings.scrapeInterval))),
      .init(
        "podMetadata",
        ["labels": ["app": "kube-prometheus-stack-prometheus"]],
        comment: "The runbook's commands select the pods by it; the operator sets no such label"
      ),
      .init("ruleSelectorNilUsesHelmValues", false),
      .init("ruleSelector", releaseSelector()),
      .init("serviceMonitorSelectorNilUsesHelmValues", false),
      .init("serviceMonitorSelector", releaseSelector()),
      .init("podMonitorSelectorNilUsesHelmValues", false),
      .init("podMonitorSelector", releaseSelector()),
      .init("storageSpec", ["volumeClaimTemplate": volumeClaim(scope, onOwnStorageClass)]),
      .init("securityContext", securityContext()),
    ]
  )
}

private func receiver<S: Scope>(_ scope: S) -> [Tree<S.H>.Entry] {
  [
    .init(
      "enableRemoteWriteReceiver",
      true,
      comment: "Off by default: every sample would be answered 404, which no sender retries"
    ),
    .init(
      "tsdb",
      ["outOfOrderTimeWindow": .text(scope.text(Settings.outOfOrderWindow))],
      comment: "What comes later than this is refused, so it bounds the partition that loses nothing"
    ),
    .init("retention", .text(scope.text(Settings.centralRetention))),
  ]
}

private func forwarder<S: Scope>(_ scope: S) -> [Tree<S.H>.Entry] {
  var target: Tree<S.H> = [
    "name": "\(centralQueueName)",
    "url": .text(scope.writeURL),
  ]
  for entry in forwarderAccess(scope) { target = target.adding(entry.key, entry.value) }
  return [
    .init("retention", "1d", comment: "Only a window for Grafana; the centre keeps the samples"),
    .init(
      "externalLabels",
      ["cluster": .text(scope.text(Settings.clusterName)), "environment": .text(scope.environmentText)]
    ),
    .init("remoteWrite", [target]),
  ]
}

/// What the operator's Prometheus shows of itself, in the words of its custom resource: keys of the Secret instead of files.
private func forwarderAccess<S: Scope>(_ scope: S) -> [Tree<S.H>.Entry] {
  func key(_ name: String) -> Tree<S.H> {
    ["name": .text(scope.text(Settings.centralCredentials)), "key": .text(Text(name))]
  }
  func key(_ file: CentralSecret.File) -> Tree<S.H> { key(file.rawValue) }
  var entries: [Tree<S.H>.Entry] = []
  switch scope[Settings.centralAuthentication] {
  case .none: break
  case .basic: entries.append(.init("basicAuth", ["username": key("username"), "password": key(.password)]))
  case .bearer: entries.append(.init("authorization", ["credentials": key(.token)]))
  case .sigv4: entries.append(.init("sigv4", ["region": .text(scope.text(Settings.centralSigningRegion))]))
  }
  switch scope[Settings.centralTLS] {
  case .system: break
  case .privateAuthority: entries.append(.init("tlsConfig", ["ca": ["secret": key(.authority)]]))
  case .mutual:
    entries.append(
      .init(
        "tlsConfig",
        ["ca": ["secret": key(.authority)], "cert": ["secret": key(.certificate)], "keySecret": key(.key)]
      )
    )
  }
  if let header = scope[Settings.centralKind].tenantHeader {
    entries.append(.init("headers", .mapping([.init(header, .text(scope.text(Settings.centralTenant)))])))
  }
  return entries
}

private func releaseSelector<H>() -> Tree<H> { ["matchLabels": ["release": "\(centralReleaseName)"]] }

private func volumeClaim<S: Scope>(_ scope: S, _ onOwnStorageClass: Bool) -> Tree<S.H> {
  var specification: Tree<S.H> = [
    "accessModes": ["ReadWriteOnce"],
    "resources": ["requests": ["storage": .text(scope.text(Settings.centralStorage))]],
  ]
  if onOwnStorageClass {
    specification = specification.adding("storageClassName", .text(scope.text(Settings.storageClass)))
  }
  return ["metadata": ["labels": ["Backup": "true"]], "spec": specification]
}

/// The chart's defaults, written out so that they stay.
private func securityContext<H>() -> Tree<H> {
  [
    "runAsNonRoot": true, "runAsUser": 1000, "runAsGroup": 2000, "fsGroup": 2000,
    "seccompProfile": ["type": "RuntimeDefault"],
  ]
}
