import Document

/// A Kubernetes object as a typed resource, so that a plan needs no cluster.
struct KubernetesResource {
  private let object: KubernetesObject<Expression>
  private let kind: String
  private let namespace: Expression?

  /// - Parameter namespace: what objects that have a namespace refer to instead of its name, so that Terraform makes it
  ///   before them and removes it after.
  init(_ object: KubernetesObject<Expression>, namespace: Expression?) {
    guard case .text(let kind) = object.tree["kind"], let name = kind.onlyLiteral else {
      preconditionFailure("BUG: \(object.terraformName) has no kind")
    }
    self.object = object
    self.kind = name
    self.namespace = namespace
  }

  /// `kubernetes_config_map_v1.agent`, or its only instance where it has a count.
  static func reference(_ object: KubernetesObject<Expression>, _ kind: String) -> String {
    let resource = "\(KubernetesNames.resource(kind)).\(object.terraformName)"
    if case .hole = object.isPresent.content { return resource + "[0]" }
    return resource
  }

  /// - Parameters:
  ///   - dependencies: resources that the object needs and has no value of.
  ///   - preconditions: what must hold before it is planned.
  func block(after dependencies: [String] = [], where preconditions: [Precondition] = []) -> HCLBody.Item? {
    guard case .mapping(let entries) = object.tree else { preconditionFailure("BUG: an object is a mapping") }
    var body = HCLBody()
    switch object.isPresent.content {
    case .known(false): return nil
    case .known(true): break
    case .hole(let condition): body.append(.set("count", .conditional(condition, then: 1, else: 0)))
    }
    if !body.isEmpty { body.append(.blank) }
    body = HCLBody(checkExceptions.map { .comment("checkov:skip=\($0)") }) + body
    // Its name first, as people look for it.
    body = body + fields(entries.filter { $0.key == "metadata" }, of: kind)
    body = body + fields(entries.filter { !["apiVersion", "kind", "metadata"].contains($0.key) }, of: kind)
    if !dependencies.isEmpty {
      body.append(.blank)
      body.append(.set("depends_on", .list(dependencies.map { .reference($0) })))
    }
    var lifecycle = lifecycle
    if !preconditions.isEmpty {
      lifecycle.append(.comment("What the model was checked for, of variables set since."))
      lifecycle = lifecycle + HCLBody(preconditions.map(\.block))
    }
    if !lifecycle.isEmpty { body.append(.block("lifecycle", body: lifecycle)) }
    return .block("resource", KubernetesNames.resource(kind), object.terraformName, body: body)
  }

  private var lifecycle: HCLBody {
    var body = HCLBody()
    if case .boolean(let flag) = object.tree["immutable"], flag.content == .known(true) {
      // Its name changes with its content: pods move to the new one before the old one goes.
      body.append(.set("create_before_destroy", true))
    }
    if !object.ignoredChanges.isEmpty {
      body.append(.set("ignore_changes", .list(object.ignoredChanges.map { .reference($0) })))
    }
    return body
  }

  /// The rules of `checkov` that the object breaks knowingly, as its annotations say: it reads those of manifests only.
  private var checkExceptions: [String] {
    guard case .mapping(let annotations) = object.tree["metadata", "annotations"] else { return [] }
    return annotations.compactMap { entry in
      guard entry.key.hasPrefix("checkov.io/skip"), case .text(let text) = entry.value,
        let exception = text.onlyLiteral
      else { return nil }
      return replacing("=", in: exception, with: ":")
    }
  }

  /// What stands in a block: its attributes, then its blocks.
  private func fields(_ entries: [Tree<Expression>.Entry], of field: String) -> HCLBody {
    var attributes = HCLBody()
    var blocks = HCLBody()
    for entry in entries {
      switch entry.value {
      case .null: continue
      case .mapping(let inner) where !KubernetesNames.isMap(entry.key, inside: field, of: kind):
        blocks = blocks + block(entry, inner, in: field)
      case .sequence(let elements) where elements.contains { if case .mapping = $0 { true } else { false } }:
        for element in elements {
          guard case .mapping(let inner) = element else { preconditionFailure("BUG: a list holds blocks or values") }
          blocks = blocks + block(entry, inner, in: field)
        }
      default:
        attributes.append(
          .set(
            KubernetesNames.attribute(entry.key, inside: field, of: kind),
            attribute(entry, in: field),
            comment: entry.comment
          )
        )
      }
    }
    return attributes + blocks
  }

  private func block(_ entry: Tree<Expression>.Entry, _ inner: [Tree<Expression>.Entry], in field: String) -> HCLBody {
    var inner = inner
    if KubernetesNames.templates.contains(entry.key) {
      inner.removeAll { ["apiVersion", "kind"].contains($0.key) }
      if !inner.contains(where: { $0.key == "metadata" }) { inner.insert(.init("metadata", [:]), at: 0) }
    }
    var body = HCLBody()
    if let comment = entry.comment { body.append(.comment(comment)) }
    body.append(
      .block(KubernetesNames.block(entry.key, inside: field, of: kind), labels: [], fields(inner, of: entry.key))
    )
    return body
  }

  private func attribute(_ entry: Tree<Expression>.Entry, in field: String) -> Expression {
    if field == "metadata", entry.key == "namespace", let namespace { return namespace }
    guard KubernetesNames.octal.contains(entry.key), case .integer(let mode) = entry.value else {
      return Expression(entry.value)
    }
    switch mode.content {
    case .known(let mode): return .string("0" + String(mode, radix: 8))
    case .hole(let mode): return .call("format", ["0%o", mode])
    }
  }
}
