/// One series' labels in the spellings that an export needs, made once a segment.
struct SeriesText {
  let labels: [(name: [UInt8], value: [UInt8])]

  init(_ labels: [(name: [UInt8], value: [UInt8])]) { self.labels = labels }

  /// `name{label="value"}`, as OpenMetrics has it; names that older parsers don't know stand in quotes.
  var metricText: String {
    var name = ""
    var inside: [String] = []
    for label in labels {
      let text = String(decoding: label.name, as: UTF8.self)
      let value = Self.quoted(label.value)
      if text == "__name__" {
        if Self.isPlain(label.value) {
          name = String(decoding: label.value, as: UTF8.self)
        } else {
          inside.insert(value, at: 0)
        }
      } else {
        inside.append((Self.isPlain(label.name) ? text : Self.quoted(label.name)) + "=" + value)
      }
    }
    return inside.isEmpty && !name.isEmpty ? name : name + "{" + inside.joined(separator: ",") + "}"
  }

  /// A JSON object.
  var jsonText: String {
    "{" + labels.map { Self.json($0.name) + ":" + Self.json($0.value) }.joined(separator: ",") + "}"
  }

  private static func isPlain(_ name: [UInt8]) -> Bool {
    guard let first = name.first, !(0x30...0x39).contains(first) else { return false }
    return name.allSatisfy { byte in
      (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte) || (0x30...0x39).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
    }
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    var escaped: [UInt8] = [0x22]
    for byte in bytes {
      switch byte {
      case 0x0a: escaped += [0x5c, 0x6e]
      case 0x22, 0x5c: escaped += [0x5c, byte]
      default: escaped.append(byte)
      }
    }
    escaped.append(0x22)
    return String(decoding: escaped, as: UTF8.self)
  }

  private static func json(_ bytes: [UInt8]) -> String {
    var text = "\""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\" + String(scalar)
      case "\n": text += "\\n"
      case "\u{0}"..<"\u{20}", "\u{7f}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
