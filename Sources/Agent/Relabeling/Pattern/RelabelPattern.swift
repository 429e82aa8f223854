/// The `regex` of a relabel config: RE2's syntax, and all of the text has to match.
public struct RelabelPattern: Hashable, Sendable {
  /// What needs no machine.
  enum Shortcut: Hashable, Sendable {
    /// One of these texts: `kubelet`, `a|b|c`.
    case literals(Set<[UInt8]>)
    /// A beginning, and then anything of at least so many scalars, which is the first capture if there is one: `node_.*`, `(.+)`.
    case prefix([UInt8], restIsNeeded: Bool, isCaptured: Bool)
  }

  public let text: String
  private let program: PatternProgram
  /// By number, from 1; nothing for those without a name.
  let captureNames: [String?]
  let shortcut: Shortcut?

  public init(_ text: String) throws(PatternFailure) {
    var parser = PatternParser(text)
    let node = try parser.parse()
    self.text = text
    program = try PatternProgram(node)
    captureNames = parser.captureNames
    shortcut = Shortcut(node)
  }

  /// Whether it was written or is what holds where none was.
  public var isDefault: Bool { text == "(.*)" }

  public func matches(_ value: [UInt8]) -> Bool {
    switch shortcut {
    case .literals(let texts): return texts.contains(value)
    case .prefix(let prefix, let restIsNeeded, _):
      return value.starts(with: prefix) && (!restIsNeeded || value.count > prefix.count)
    case nil: return matchesSlowly(value)
    }
  }

  /// The captures, from 1, as ranges of the value's bytes; -1 ..< -1 stands for one that took no part. Nothing where the value doesn't match.
  func captures(_ value: [UInt8]) -> [Range<Int>]? {
    guard let shortcut else { return capturesSlowly(value) }
    guard matches(value) else { return nil }
    if case .prefix(let prefix, _, isCaptured: true) = shortcut { return [prefix.count..<value.count] }
    return []
  }

  func matchesSlowly(_ value: [UInt8]) -> Bool {
    var machine = PatternMachine(program, value, slotCount: 0)
    return machine.run() != nil
  }

  func capturesSlowly(_ value: [UInt8]) -> [Range<Int>]? {
    var machine = PatternMachine(program, value, slotCount: captureNames.count * 2 + 2)
    guard let slots = machine.run() else { return nil }
    return captureNames.indices.map { slots[$0 * 2 + 2]..<slots[$0 * 2 + 3] }
  }
}

extension RelabelPattern.Shortcut {
  fileprivate init?(_ node: PatternNode) {
    let parts: [PatternNode]
    switch node {
    case .choice(let branches):
      var texts: Set<[UInt8]> = []
      for branch in branches {
        guard let text = Self.literal(branch) else { return nil }
        texts.insert(text)
      }
      self = .literals(texts)
      return
    case .sequence(let nodes): parts = nodes
    default: parts = [node]
    }
    if let text = Self.literal(node) {
      self = .literals([text])
      return
    }
    guard let last = parts.last, let prefix = Self.literal(.sequence(Array(parts.dropLast()))) else { return nil }
    let (rest, isCaptured) =
      if case .capture(_, let inner) = last { (inner, true) } else { (last, false) }
    guard case .repetition(.scalars(.all), let least, nil, _) = rest, least <= 1 else { return nil }
    self = .prefix(prefix, restIsNeeded: least == 1, isCaptured: isCaptured)
  }

  /// The one text that a node matches, where it captures nothing.
  private static func literal(_ node: PatternNode) -> [UInt8]? {
    switch node {
    case .empty: return []
    case .scalars(let set): return set.only.flatMap { Unicode.Scalar($0) }.map { Array(UTF8.encode($0) ?? .init()) }
    case .sequence(let nodes):
      var text: [UInt8] = []
      for node in nodes {
        guard let part = literal(node) else { return nil }
        text += part
      }
      return text
    default: return nil
    }
  }
}
