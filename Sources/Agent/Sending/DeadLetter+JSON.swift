import Samples

extension DeadLetter {
  /// One line of the dead-letter file, with its end (docs/formats/dead-letters.md).
  package var line: [UInt8] {
    var line = Array(#"{"time":\#(time),"destination":"#.utf8)
    Self.append(Array(destination.utf8), to: &line)
    line += Array(#","reason":"\#(reason.rawValue)","status":\#(status),"detail":"#.utf8)
    Self.append(Array(detail.utf8), to: &line)
    line += Array(#","alone":\#(!isGivenUp),"labels":{"#.utf8)
    for (index, label) in sample.labels.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      Self.append(label.name, to: &line)
      line.append(UInt8(ascii: ":"))
      Self.append(label.value, to: &line)
    }
    line += Array(#"},"timestamp":\#(sample.timestamp),"#.utf8)
    switch sample.value {
    case .number(let bits): line += Array(#""bits":"\#(Self.hexadecimal(bits))"}"#.utf8)
    case .histogram(let message):
      line += Array(#""histogram":""#.utf8)
      for byte in message { line += [Self.digit(byte >> 4), Self.digit(byte & 15)] }
      line += Array(#""}"#.utf8)
    }
    line.append(UInt8(ascii: "\n"))
    return line
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  private static func hexadecimal(_ bits: UInt64) -> String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A JSON string (RFC 8259, 7). Bytes that aren't UTF-8 become U+FFFD.
  private static func append(_ bytes: [UInt8], to line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
    for byte in String(decoding: bytes, as: UTF8.self).utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), byte]
      case 0..<0x20, 0x7f: line += Array("\\u00".utf8) + [digit(byte >> 4), digit(byte & 15)]
      default: line.append(byte)
      }
    }
    line.append(UInt8(ascii: "\""))
  }
}
