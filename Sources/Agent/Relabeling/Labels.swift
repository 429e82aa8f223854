/// A label of a target or a series, as bytes: Prometheus compares bytes, and Swift's strings compare what people see.
public struct Label: Hashable, Sendable {
  public var name: [UInt8]
  public var value: [UInt8]

  public init(_ name: [UInt8], _ value: [UInt8]) {
    self.name = name
    self.value = value
  }
}

/// Labels by name, each once, none without a value: what relabeling works on.
public struct Labels: Hashable, Sendable {
  /// Sorted by the bytes of the names.
  private var sorted: [Label] = []

  public init() {}

  /// - Parameter pairs: of equal names, the last one holds.
  public init(_ pairs: [(name: String, value: String)]) {
    for pair in pairs { self[pair.name] = pair.value }
  }

  public var count: Int { sorted.count }

  /// The value of a label; nothing where it is absent. Setting nothing, or an empty value, removes the label.
  public subscript(_ name: [UInt8]) -> [UInt8]? {
    get {
      let index = place(of: name)
      return index < sorted.count && sorted[index].name == name ? sorted[index].value : nil
    }
    set {
      let index = place(of: name)
      let isThere = index < sorted.count && sorted[index].name == name
      switch (newValue, isThere) {
      case (let value?, true) where !value.isEmpty: sorted[index].value = value
      case (let value?, false) where !value.isEmpty: sorted.insert(Label(name, value), at: index)
      case (_, true): sorted.remove(at: index)
      case (_, false): break
      }
    }
  }

  public subscript(_ name: String) -> String? {
    get { self[Array(name.utf8)].map { String(decoding: $0, as: UTF8.self) } }
    set { self[Array(name.utf8)] = newValue.map { Array($0.utf8) } }
  }

  /// Removes every label whose name fulfils a condition.
  public mutating func removeAll(where isUnwanted: ([UInt8]) -> Bool) {
    sorted.removeAll { isUnwanted($0.name) }
  }

  /// Names and values as text, for what people read.
  public var texts: [(name: String, value: String)] {
    sorted.map { (String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self)) }
  }

  private func place(of name: [UInt8]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].name.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Labels: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { sorted.count }
  public subscript(_ position: Int) -> Label { sorted[position] }
}
