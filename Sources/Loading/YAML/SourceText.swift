import Model

/// The bytes of a model file, checked to be text that every YAML reader sees alike.
struct SourceText {
  /// A model is written by people: a thousand environments fit in far less.
  static let maximumSize = 1_048_576

  let file: String
  /// UTF-8, without a byte order mark.
  let bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8], file: String) throws(Diagnostics) {
    self.file = file
    let start = Location(file: file, line: 1, column: 1)
    if bytes.count > Self.maximumSize { throw Diagnostics([.tooLarge(bytes.count, at: start)]) }
    self.bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    if let problem = firstProblem() { throw Diagnostics([problem]) }
  }

  private func firstProblem() -> Diagnostic? {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var line = 1
    var column = 1
    var afterCarriageReturn = false
    while true {
      let location = Location(file: file, line: line, column: column)
      switch decoder.parseScalar(from: &iterator) {
      case .emptyInput: return nil
      case .error: return .notUTF8(at: location)
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        switch scalar.value {
        case 0x0a where afterCarriageReturn: afterCarriageReturn = false
        case 0x0a, 0x0d:
          line += 1
          column = 1
          afterCarriageReturn = scalar.value == 0x0d
        case 0x09, 0x20...0x7e, 0xa0...0x2027, 0x202a...0xfefe, 0xff00...0xfffd, 0x10000...:
          column += 1
          afterCarriageReturn = false
        case 0: return .binary(at: location)
        default: return .controlCharacter(scalar, at: location)
        }
      }
    }
  }

  /// The text of a line, counted from 1, without its end.
  func line(_ number: Int) -> String {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: number, omittingEmptySubsequences: false)
    return number <= lines.count ? String(decoding: lines[number - 1], as: UTF8.self) : ""
  }
}
