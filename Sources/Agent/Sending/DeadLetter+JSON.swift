import Samples

extension DeadLetter {
  /// One line of the dead-letter file, with its end (docs/formats/dead-letters.md).
  public var line: [UInt8] {
    let labels = sample.labels.map { label in
      JSONMember(String(decoding: label.name, as: UTF8.self), .string(String(decoding: label.value, as: UTF8.self)))
    }
    let value: JSONMember =
      switch sample.value {
      case .number(let bits): JSONMember("bits", .string(Self.hexadecimal(bits, digits: 16)))
      case .histogram(let message):
        JSONMember("histogram", .string(message.map { Self.hexadecimal(UInt64($0), digits: 2) }.joined()))
      }
    let object = JSONValue.object([
      JSONMember("time", .integer(time)),
      JSONMember("destination", .string(destination)),
      JSONMember("reason", .string(reason.rawValue)),
      JSONMember("status", .integer(Int64(status))),
      JSONMember("detail", .string(detail)),
      JSONMember("alone", .boolean(!isGivenUp)),
      JSONMember("labels", .object(labels)),
      JSONMember("timestamp", .integer(sample.timestamp)),
      value,
    ])
    return Array((object.compact + "\n").utf8)
  }

  private static func hexadecimal(_ number: UInt64, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
