extension Domain {
  /// Whether a value of the right type is inside the bounds.
  public func accepts(_ value: ScalarValue) -> Bool {
    switch (self, value) {
    case (.boolean, .boolean): true
    case (.integer(let range), .integer(let it)): range.contains(it)
    case (.oneOf(let list), .integer(let it)): list.contains(it)
    case (.number(let range), .number(let it)): range.contains(it)
    case (.duration(let range), .duration(let it)): range.contains(it)
    case (.bytes(let range), .quantity(let it)), (.cores(let range), .quantity(let it)): range.contains(it)
    case (.text(let format), .text(let it)): format.matches(it)
    case (.choice(let words), .text(let it)): words.contains { $0.word == it }
    default: false
    }
  }
}
