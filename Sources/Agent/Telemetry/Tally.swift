public import Model

/// One count for each value of a fixed label. Adding allocates nothing.
public struct Tally<Label: FixedLabel>: Hashable, Sendable {
  private var counts: [UInt64]

  /// All zero.
  public init() { counts = Array(repeating: 0, count: Label.allCases.count) }

  public subscript(_ label: Label) -> UInt64 {
    get { counts[Self.place(of: label)] }
    set { counts[Self.place(of: label)] = newValue }
  }

  public mutating func add(_ count: UInt64 = 1, to label: Label) { counts[Self.place(of: label)] += count }

  public var total: UInt64 { counts.reduce(0, +) }

  private static func place(of label: Label) -> Int {
    var place = 0
    for other in Label.allCases {
      if other == label { break }
      place += 1
    }
    return place
  }
}

extension Tally {
  /// Counts by reason as the spool's books have them. What the label has no value for counts as `other`.
  public init(_ counts: [String: UInt64], other: Label, named label: (String) -> Label?) {
    self.init()
    for (name, count) in counts { add(count, to: label(name) ?? other) }
  }
}
