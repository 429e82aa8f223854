extension Domain {
  /// The values it takes, for a sentence "… must be …".
  public var expectation: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .oneOf(let list): "one of \(enumerated(list.map(String.init)))"
    case .number(let range): "a number from \(decimal(range.lowerBound)) to \(decimal(range.upperBound))"
    case .duration(let range): "a duration from \(range.lowerBound.spelling) to \(range.upperBound.spelling)"
    case .bytes(let range): "a size from \(range.lowerBound.spelling) to \(range.upperBound.spelling)"
    case .cores(let range): "a number of cores from \(range.lowerBound.spelling) to \(range.upperBound.spelling)"
    case .text(let format): format.description
    case .choice(let words): "one of \(enumerated(words.map(\.word)))"
    }
  }

  private func enumerated(_ words: [String]) -> String {
    words.count <= 20 ? words.joined(separator: ", ") : "\(words[0]), \(words[1]), …, \(words[words.count - 1])"
  }
}

/// The number without an exponent or a needless fraction, as a person writes it; for the figures of this model.
public func decimal(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
  return "\(value)"
}
