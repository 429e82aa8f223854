/// Why a text is no selector.
public enum SelectionFailure: Error, Hashable, Sendable {
  /// What is wrong, and in which column, counted from 1.
  case malformed(String, column: Int)
  case tooLong(byteCountMax: Int)
  /// Every matcher takes a series without the label.
  case selectsEverything
}

extension QueryFailure {
  /// What is answered to a query with such a selector.
  init(_ failure: SelectionFailure) {
    switch failure {
    case .malformed(let what, let column): self = .unsupported(what, column: column)
    case .tooLong(let byteCountMax): self.init(.badData, "a query of more than \(byteCountMax) bytes")
    case .selectsEverything:
      self.init(.badData, "vector selector must contain at least one non-empty matcher")
    }
  }
}
