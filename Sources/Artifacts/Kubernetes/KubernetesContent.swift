import Document
import Model

/// What the objects of one cluster share. Each component's objects are in an extension of their own file.
struct KubernetesContent<S: Scope> {
  typealias Tree = Document.Tree<S.H>
  typealias Text = Document.Text<S.H>
  typealias Entry = Document.Tree<S.H>.Entry
  typealias Object = KubernetesObject<S.H>

  let scope: S
  let monitoring: Monitoring<S>
  let namespace: Text
  /// Whether the objects of network resilience exist.
  let isPresent: Term<Bool, S.H>
  /// The model as one file, read by everything that runs `rescfg`.
  let model: Text
  /// Prometheus' configuration, with `$(NODE_NAME)` still in it; `nil` where no Prometheus runs in the agent's pod.
  let prometheusConfig: Text?
  /// Both contents change their ConfigMap's name, so that pods are replaced when what they read changes, and a roll-back
  /// finds the old content still there.
  let modelName: Text
  let prometheusConfigName: Text?

  init(_ scope: S, _ monitoring: Monitoring<S>) {
    self.scope = scope
    self.monitoring = monitoring
    namespace = scope.text(Settings.namespace)
    isPresent = scope[Settings.enableNetworkResilience]
    model = scope.share("resolved_model", yaml(resolvedModel(scope), namesOrigins: false))
    prometheusConfig =
      scope[Settings.collector].hasPrometheus ? scope.share("agent_config", yaml(agentConfig(scope))) : nil

    // Without the origins, which would be all settings there are.
    func hash(of text: Text) -> Text { Text(Term(text.contentHash.term.content), .verbatim) }
    modelName = "rescfg-model-\(hash(of: model))"
    prometheusConfigName = prometheusConfig.map { "prometheus-agent-config-\(hash(of: $0))" }
  }

  var collector: Collector { scope[Settings.collector] }
  var storage: StorageKind { scope[Settings.storageKind] }

  func value<Value: SettingValue & TermValue>(_ setting: Setting<Value>) -> Tree { .text(scope.text(setting)) }

  func value(_ setting: Setting<Int>) -> Tree { .integer(scope[setting]) }

  /// An object with its apiVersion, kind and metadata in front.
  func object(
    _ kind: KubernetesKind,
    named name: Text,
    labels: Tree,
    annotations: [Entry] = [],
    _ fields: [Entry]
  ) -> Tree {
    var metadata: [Entry] = [Entry("name", .text(name))]
    if !kind.isClusterScoped { metadata.append(Entry("namespace", .text(namespace))) }
    metadata.append(Entry("labels", labels))
    if !annotations.isEmpty { metadata.append(Entry("annotations", .mapping(annotations))) }
    return .mapping(
      [
        Entry("apiVersion", .text(Text(kind.apiVersion))), Entry("kind", .text(Text(kind.rawValue))),
        Entry("metadata", .mapping(metadata)),
      ] + fields
    )
  }

  /// The labels of what belongs to one component; its pods' among them.
  func labels(of component: Component) -> Tree {
    [
      "app": .text(Text(component.name)),
      "app.kubernetes.io/name": .text(Text(component.name)),
      "app.kubernetes.io/component": .text(Text(component.role)),
      "app.kubernetes.io/part-of": "network-resilience",
      "app.kubernetes.io/managed-by": "rescfg",
    ]
  }

  /// The labels of what serves all components.
  var commonLabels: Tree {
    ["app.kubernetes.io/part-of": "network-resilience", "app.kubernetes.io/managed-by": "rescfg"]
  }

  func matchLabels(_ component: Component) -> Tree { ["matchLabels": ["app": .text(Text(component.name))]] }
}
