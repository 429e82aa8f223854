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
    var line = 1
    var lineStart = bytes.startIndex
    // Bytes of the line that begin no scalar of their own.
    var continuations = 0
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte >= 0x20 && byte < 0x7f || byte == 0x09 {
        index += 1
        continue
      }
      if byte == 0x0a || byte == 0x0d {
        let isPair = byte == 0x0d && index + 1 < bytes.endIndex && bytes[index + 1] == 0x0a
        index += isPair ? 2 : 1
        line += 1
        lineStart = index
        continuations = 0
        continue
      }
      let location = Location(file: file, line: line, column: index - lineStart - continuations + 1)
      var decoder = Unicode.UTF8.ForwardParser()
      var iterator = bytes[index...].makeIterator()
      guard case .valid(let encoded) = decoder.parseScalar(from: &iterator) else { return .notUTF8(at: location) }
      let scalar = Unicode.UTF8.decode(encoded)
      if scalar.value == 0 { return .binary(at: location) }
      guard Self.standsForItself(scalar) else { return .controlCharacter(scalar, at: location) }
      index += encoded.count
      continuations += encoded.count - 1
    }
    return nil
  }

  /// Not controls; not what YAML 1.1 takes for ends of lines and editors don't.
  private static func standsForItself(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7e, 0xa0...0x2027, 0x202a...0xfffd, 0x10000...: true
    default: false
    }
  }

  /// The text of a line, counted from 1, without its end.
  func line(_ number: Int) -> String {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: number, omittingEmptySubsequences: false)
    return number <= lines.count ? String(decoding: lines[number - 1], as: UTF8.self) : ""
  }
}
