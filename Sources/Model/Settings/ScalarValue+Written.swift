extension ScalarValue {
  /// As a person writes it into the model file.
  public var written: String {
    switch self {
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): decimal(value)
    case .duration(let value): value.spelling
    case .quantity(let value): value.spelling
    case .text(let value): if case .text = PlainScalar(value) { value } else { "\"\(value)\"" }
    }
  }
}
