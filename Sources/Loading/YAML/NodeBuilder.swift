import Model

/// Builds the tree of a model file out of libyaml's events: a stack of what is open, no recursion.
///
/// What the model does without (anchors, aliases, tags, merge keys, keys that are no text) is reported and left out, so
/// that the rest can be looked at all the same.
struct NodeBuilder {
  /// The deepest nesting; Prometheus' own vocabulary needs about ten levels.
  static let maximumDepth = 32

  private enum Key {
    case missing, unusable
    case key(String, Location)
  }

  private struct Open {
    let location: Location
    let isMapping: Bool
    var items: [Node] = []
    var pairs: [Node.Pair] = []
    var seen: [String: Location] = [:]
    var key = Key.missing
  }

  private let file: String
  private var stack: [Open] = []
  private var root: Node?

  private init(file: String) { self.file = file }

  /// The one document of the text; `nil` where it has none. Throws where the text is no YAML that a tree can be made of.
  static func tree(of source: SourceText, _ findings: inout Findings) throws(Diagnostics) -> Node? {
    var builder = NodeBuilder(file: source.file)
    var events = EventStream(source.bytes)
    var documents = 0
    while true {
      let event: EventStream.Event
      do { event = try events.next() } catch {
        findings.report(syntaxProblem(error, in: source))
        throw findings.failure
      }
      let location = Location(file: source.file, line: event.line, column: event.column)
      switch event.kind {
      case .streamEnd: return builder.root
      case .streamStart, .documentEnd: continue
      case .documentStart:
        documents += 1
        if documents > 1 {
          findings.report(.secondDocument(at: location))
          return builder.root
        }
      default:
        guard builder.take(event, at: location, &findings) else { throw findings.failure }
        if findings.isFull { throw Diagnostics(findings.all + [.stopped(at: location)]) }
      }
    }
  }

  /// Whether to go on.
  private mutating func take(_ event: EventStream.Event, at location: Location, _ findings: inout Findings) -> Bool {
    if event.hasAnchor { findings.report(.anchor(at: location)) }
    if event.hasTag { findings.report(.tag(at: location)) }
    switch event.kind {
    case .alias:
      findings.report(.alias(at: location))
      close(nil, at: location, &findings)
    case .scalar(let text, let isPlain):
      if !text.isInNormalFormC { findings.report(.notInNormalForm(at: location)) }
      close(Node(.scalar(text, isPlain: isPlain), at: location), at: location, &findings)
    case .sequenceStart, .mappingStart:
      if stack.count == Self.maximumDepth {
        findings.report(.tooDeep(Self.maximumDepth, at: location))
        return false
      }
      if case .mappingStart = event.kind {
        stack.append(Open(location: location, isMapping: true))
      } else {
        stack.append(Open(location: location, isMapping: false))
      }
    case .sequenceEnd, .mappingEnd:
      let open = stack.removeLast()
      let node = Node(open.isMapping ? .mapping(open.pairs) : .sequence(open.items), at: open.location)
      close(node, at: open.location, &findings)
    case .streamStart, .streamEnd, .documentStart, .documentEnd: break
    }
    return true
  }

  /// Puts a finished node where it belongs; `nil` is one that was reported.
  private mutating func close(_ node: Node?, at location: Location, _ findings: inout Findings) {
    guard !stack.isEmpty else {
      root = node
      return
    }
    let top = stack.count - 1
    guard stack[top].isMapping else {
      if let node { stack[top].items.append(node) }
      return
    }
    switch stack[top].key {
    case .missing: stack[top].key = Self.key(node, at: location, in: &stack[top].seen, &findings)
    case .unusable: stack[top].key = .missing
    case .key(let name, let keyLocation):
      if let node { stack[top].pairs.append(Node.Pair(name, at: keyLocation, node)) }
      stack[top].key = .missing
    }
  }

  /// Static, so that `seen` is changed in place: from a method of the whole, each key would copy all before it.
  private static func key(
    _ node: Node?,
    at location: Location,
    in seen: inout [String: Location],
    _ findings: inout Findings
  ) -> Key {
    guard let node else { return .unusable }
    guard case .scalar(let name, let isPlain) = node.content else {
      findings.report(.keyIsNoText(at: location))
      return .unusable
    }
    if name == "<<", isPlain {
      findings.report(.mergeKey(at: location))
      return .unusable
    }
    if let first = seen[name] {
      findings.report(.duplicateKey(name, at: location, first: first))
      return .unusable
    }
    seen[name] = location
    return .key(name, location)
  }
}
