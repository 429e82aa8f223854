/// Spells the URL of a target.
enum TargetURL {
  static func text(scheme: String, address: String, path: String, parameters: [ScrapeJob.Parameter]) -> String {
    let slash = path.hasPrefix("/") ? "" : "/"
    let query = parameters.sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
      .flatMap { parameter in
        parameter.values.map { "\(queryEscaped(parameter.name))=\(queryEscaped($0))" }
      }
    let tail = query.isEmpty ? "" : "?" + query.joined(separator: "&")
    return "\(scheme)://\(address)\(slash)\(escaped(path, also: "$&+,/:;=@"))\(tail)"
  }

  /// As a form does: a blank becomes a plus.
  private static func queryEscaped(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { escaped(String($0), also: "") }
      .joined(separator: "+")
  }

  private static func escaped(_ text: String, also allowed: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: result.append(byte)
      case let byte where "-_.~".utf8.contains(byte) || allowed.utf8.contains(byte): result.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
