import Artifacts
import Document

/// The rendered objects as a cluster would hold them, for tests that look things up.
struct Manifests: Sendable {
  typealias Object = Tree<Never>

  let objects: [Object]
  /// Labels of the central Prometheus' pods: the operator makes them, as the chart's values tell it.
  let centralPodLabels: [String: String]
  let namespace: String

  /// The cases of the matrix, rendered once for all tests.
  private static let rendered = Dictionary(
    uniqueKeysWithValues: KubernetesCase.all.map { ($0.description, Manifests(rendering: $0)) }
  )

  init(_ it: KubernetesCase) {
    self = it.changed.isEmpty ? Self.rendered[it.description] ?? Manifests(rendering: it) : Manifests(rendering: it)
  }

  private init(rendering it: KubernetesCase) {
    objects = it.objects.map(\.tree)
    let scope = Baked(it.configuration)
    centralPodLabels =
      centralValues(scope, onOwnStorageClass: true)["prometheus", "prometheusSpec", "podMetadata", "labels"]?.strings
      ?? [:]
    namespace = it.objects.first { $0.kind == .namespace }?.tree["metadata", "name"]?.string ?? ""
  }

  func all(_ kind: String) -> [Object] { objects.filter { $0["kind"]?.string == kind } }
  func one(_ kind: String, _ name: String) -> Object? { all(kind).first { $0.name == name } }

  /// The pods that the workloads make.
  var pods: [Pod] {
    objects.compactMap { object in
      switch object["kind"]?.string {
      case "DaemonSet", "StatefulSet", "Deployment": Pod(object, object["spec", "template"])
      case "CronJob": Pod(object, object["spec", "jobTemplate", "spec", "template"])
      default: nil
      }
    }
  }

  func pods(_ selector: [String: String]) -> [Pod] { pods.filter { $0.labels.contains(all: selector) } }
}

struct Pod {
  let owner: Tree<Never>
  let labels: [String: String]
  let annotations: [String: String]
  let spec: Tree<Never>

  init?(_ owner: Tree<Never>, _ template: Tree<Never>?) {
    guard let template, let spec = template["spec"] else { return nil }
    self.owner = owner
    self.spec = spec
    labels = template["metadata", "labels"]?.strings ?? [:]
    annotations = template["metadata", "annotations"]?.strings ?? [:]
  }

  var name: String { owner.name }
  var containers: [Tree<Never>] { spec["containers"]?.items ?? [] }
  var initContainers: [Tree<Never>] { spec["initContainers"]?.items ?? [] }
  var volumes: [Tree<Never>] { spec["volumes"]?.items ?? [] }

  /// The container that `kubectl` means without `-c`.
  var defaultContainer: Tree<Never>? {
    let name = annotations["kubectl.kubernetes.io/default-container"]
    return containers.first { $0["name"]?.string == name } ?? (containers.count == 1 ? containers[0] : nil)
  }

  /// The container port of that name or number.
  func port(_ wanted: String) -> Int? {
    let ports = containers.flatMap { $0["ports"]?.items ?? [] }
    let found = ports.first { $0["name"]?.string == wanted || $0["containerPort"]?.string == wanted }
    return found?["containerPort"]?.string.flatMap { Int($0) }
  }
}

extension Tree where H == Never {
  /// A scalar's spelling.
  var string: String? {
    switch self {
    case .text(let text): text.string
    case .integer(let term): String(term.value)
    case .boolean(let term): String(term.value)
    case .number(let term): String(term.value)
    case .mapping, .sequence, .null: nil
    }
  }
  var items: [Tree] { if case .sequence(let items) = self { items } else { [] } }
  var entries: [Entry] { if case .mapping(let entries) = self { entries } else { [] } }
  var list: [String] { items.compactMap(\.string) }
  var strings: [String: String] {
    Dictionary(uniqueKeysWithValues: entries.compactMap { entry in entry.value.string.map { (entry.key, $0) } })
  }
  var name: String { self["metadata", "name"]?.string ?? self["name"]?.string ?? "" }

  /// Every mapping and sequence of the tree, outermost first.
  var parts: [Tree] {
    switch self {
    case .mapping(let entries): [self] + entries.flatMap(\.value.parts)
    case .sequence(let items): [self] + items.flatMap(\.parts)
    default: [self]
    }
  }
}

extension [String: String] {
  func contains(all selector: [String: String]) -> Bool { selector.allSatisfy { self[$0] == $1 } }
}
