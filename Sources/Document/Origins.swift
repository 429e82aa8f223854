/// Where a value came from: the names of the settings that decided it, sorted.
public struct Origins: Hashable, Sendable, ExpressibleByArrayLiteral {
  public private(set) var names: [String]

  public init(_ names: [String] = []) { self.names = names.count > 1 ? Set(names).sorted() : names }
  public init(arrayLiteral elements: String...) { self.init(elements) }

  public var isEmpty: Bool { names.isEmpty }

  public func union(_ other: Origins) -> Origins {
    // Most values come from one setting, and most unions are of what is alike.
    if other.isEmpty || names == other.names { return self }
    return isEmpty ? other : Origins(merging: names, other.names)
  }

  /// Of two sorted lists.
  private init(merging left: [String], _ right: [String]) {
    names = []
    names.reserveCapacity(left.count + right.count)
    var (rest, others) = (left[...], right[...])
    while let next = rest.first, let other = others.first {
      if next == other {
        others.removeFirst()
      } else if other < next {
        names.append(other)
        others.removeFirst()
        continue
      }
      names.append(next)
      rest.removeFirst()
    }
    names += rest
    names += others
  }
}
