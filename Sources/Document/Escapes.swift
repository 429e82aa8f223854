/// The string as a JSON literal, with the escapes of Terraform's `jsonencode` (Go's `encoding/json` in its HTML-safe
/// form), so that a value baked here and one encoded by Terraform are the same bytes.
package func quotedAsJSON(_ string: String) -> String {
  var result = "\""
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\u{8}": result += "\\b"
    case "\u{c}": result += "\\f"
    case "<", ">", "&", "\u{2028}", "\u{2029}": result += unicodeEscape(scalar)
    case _ where scalar.value < 0x20: result += unicodeEscape(scalar)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16)
  return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
}

/// The string inside a Go template: each `{{` becomes an action that prints it.
package func escapedForGoTemplate(_ string: String) -> String {
  replacing("{{", in: string, with: "{{ \"{{\" }}")
}

/// The string between the quotes of a double-quoted PromQL string.
package func escapedForPromQL(_ string: String) -> String {
  var result = ""
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// `string` with every `target` replaced, scanned once from the left, by bytes: no canonical equivalence.
package func replacing(_ target: String, in string: String, with replacement: String) -> String {
  let needle = Array(target.utf8)
  let bytes = Array(string.utf8)
  guard !needle.isEmpty, bytes.count >= needle.count else { return string }
  var result: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if index + needle.count <= bytes.count, bytes[index..<(index + needle.count)].elementsEqual(needle) {
      result.append(contentsOf: replacement.utf8)
      index += needle.count
    } else {
      result.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// A number as JSON, YAML, HCL and PromQL all read it: no exponent, no `.0`.
package func spelledNumber(_ value: Double) -> String {
  precondition(value.isFinite, "BUG: documents hold finite numbers")
  if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
  let shortest = "\(value)"
  guard let mark = shortest.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return shortest }
  guard let exponent = Int(shortest[shortest.index(after: mark)...]) else { return shortest }
  let negative = shortest.hasPrefix("-")
  let mantissa = shortest[..<mark].filter { $0 != "-" }
  let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
  let fraction = parts.count > 1 ? parts[1] : ""
  let digits = String(parts[0] + (fraction == "0" ? "" : fraction))
  let point = parts[0].count + exponent
  let plain: String =
    if point <= 0 {
      "0." + String(repeating: "0", count: -point) + digits
    } else if point >= digits.count {
      digits + String(repeating: "0", count: point - digits.count)
    } else {
      digits.prefix(point) + "." + digits.dropFirst(point)
    }
  return (negative ? "-" : "") + plain
}

func contentHashOf(_ string: String) -> String { String(SHA256.hexDigest(of: string.utf8).prefix(10)) }
