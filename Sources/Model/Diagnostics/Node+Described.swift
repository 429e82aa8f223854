extension Node {
  /// What a value is, for a sentence "this is …".
  public var described: String {
    switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(let text, isPlain: false): "the text \"\(text.shown)\""
    case .scalar(let text, isPlain: true):
      switch PlainScalar(text) {
      case .null: "nothing"
      case .boolean: "the boolean \(text)"
      case .doubtfulBoolean: "\(text), a boolean to some readers and text to others"
      case .integer, .hugeInteger, .decimal: "the number \(text.shown)"
      case .doubtfulNumber: "\(text.shown), which readers understand differently"
      case .date: "the date \(text.shown)"
      case .text: "the text '\(text.shown)'"
      }
    }
  }
}
