/// A document before it has a spelling: ordered mappings, sequences and scalars, any of which may have holes.
public enum Tree<H: Hole>: Hashable, Sendable {
  case mapping([Entry])
  case sequence([Tree])
  case text(Text<H>)
  case integer(Term<Int, H>)
  case number(Term<Double, H>)
  case boolean(Term<Bool, H>)
  case null

  /// A key and its value, with a remark for the reader where the format has comments.
  public struct Entry: Hashable, Sendable {
    public var key: String
    public var value: Tree
    public var comment: String?

    public init(_ key: String, _ value: Tree, comment: String? = nil) {
      self.key = key
      self.value = value
      self.comment = comment
    }
  }
}

extension Tree: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(dictionaryLiteral elements: (String, Tree)...) { self = .mapping(elements.map { Entry($0, $1) }) }
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(arrayLiteral elements: Tree...) { self = .sequence(elements) }
}

extension Tree: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(stringLiteral value: String) { self = .text(Text(value)) }
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(stringInterpolation: Text<H>.Interpolation) {
    self = .text(Text(stringInterpolation: stringInterpolation))
  }
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(integerLiteral value: Int) { self = .integer(.known(value)) }
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public init(booleanLiteral value: Bool) { self = .boolean(.known(value)) }
}

extension Tree {
  /// The value at a path of mapping keys.
  public subscript(path: String...) -> Tree? {
    @specialized(where H == Never)
    @specialized(where H == Expression)
    get {
      var tree = self
      for key in path {
        guard case .mapping(let entries) = tree, let index = entries.firstIndex(where: { $0.key == key }) else {
          return nil
        }
        tree = entries[index].value
      }
      return tree
    }
  }

  @specialized(where H == Never)
  @specialized(where H == Expression)
  public static func strings(_ strings: [String]) -> Tree { .sequence(strings.map { .text(Text($0)) }) }

  /// The mapping with `entries` after its own.
  @specialized(where H == Never)
  @specialized(where H == Expression)
  public func adding(_ entries: [Entry]) -> Tree {
    guard case .mapping(let own) = self else { preconditionFailure("BUG: only a mapping takes entries") }
    return .mapping(own + entries)
  }

  @specialized(where H == Never)
  @specialized(where H == Expression)
  public func adding(_ key: String, _ value: Tree?) -> Tree { value.map { adding([Entry(key, $0)]) } ?? self }
}
