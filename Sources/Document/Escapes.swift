/// The string as a JSON literal, with the escapes of Terraform's `jsonencode` (Go's `encoding/json` in its HTML-safe
/// form, as of Go 1.22), so that a value baked here and one encoded by Terraform are the same bytes.
///
/// The literal is a double-quoted scalar of YAML too, of 1.1 and 1.2 alike. For that, the characters which JSON and
/// `jsonencode` leave bare and YAML can't hold so (DEL, U+0080 to U+009F, U+FFFE, U+FFFF) have escapes as well; no
/// setting may contain them, so no hole has them.
public func quotedAsJSON(_ string: String) -> String { "\"" + escapedForJSON(string) + "\"" }

/// The string between the quotes of that literal.
func escapedForJSON(_ string: String) -> String {
  if string.allBytes(isPlainInJSON) { return string }
  var result: [UInt8] = []
  result.reserveCapacity(string.utf8.count + 2)
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"": result.append(contentsOf: "\\\"".utf8)
    case "\\": result.append(contentsOf: "\\\\".utf8)
    case "\n": result.append(contentsOf: "\\n".utf8)
    case "\r": result.append(contentsOf: "\\r".utf8)
    case "\t": result.append(contentsOf: "\\t".utf8)
    case "\u{8}": result.append(contentsOf: "\\b".utf8)
    case "\u{c}": result.append(contentsOf: "\\f".utf8)
    case "<", ">", "&", "\u{2028}", "\u{2029}": appendUnicodeEscape(scalar, to: &result)
    case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{fffe}", "\u{ffff}": appendUnicodeEscape(scalar, to: &result)
    case _ where scalar.isASCII: result.append(UInt8(ascii: scalar))
    default: result.append(contentsOf: scalar.utf8)
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// Most strings have nothing to escape.
private func isPlainInJSON(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): false
  default: byte >= 0x20 && byte < 0x7f
  }
}

private func appendUnicodeEscape(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
  let digits = String(scalar.value, radix: 16)
  bytes.append(contentsOf: "\\u".utf8)
  bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
  bytes.append(contentsOf: digits.utf8)
}

/// An action of Go's text/template that prints `{`.
public let goTemplateBrace = "{{ \"{\" }}"

/// The string inside a Go template. Every brace is printed by an action, not only `{{`: a string that ends in `{` stays
/// itself in front of an action of the template.
public func escapedForGoTemplate(_ string: String) -> String { replacing("{", in: string, with: goTemplateBrace) }

/// The string between the quotes of a double-quoted PromQL string.
public func escapedForPromQL(_ string: String) -> String {
  var result: [UInt8] = []
  result.reserveCapacity(string.utf8.count)
  for byte in string.utf8 {
    switch byte {
    case UInt8(ascii: "\""): result.append(contentsOf: "\\\"".utf8)
    case UInt8(ascii: "\\"): result.append(contentsOf: "\\\\".utf8)
    case UInt8(ascii: "\n"): result.append(contentsOf: "\\n".utf8)
    default: result.append(byte)
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// `string` with every `target` replaced, scanned once from the left, by bytes: no canonical equivalence.
public func replacing(_ target: String, in string: String, with replacement: String) -> String {
  let needle = Array(target.utf8)
  guard let first = needle.first, !string.allBytes({ $0 != first }) else { return string }
  var rest = Array(string.utf8)[...]
  var result: [UInt8] = []
  result.reserveCapacity(rest.count)
  while let start = rest.firstIndex(of: first) {
    result += rest[..<start]
    rest = rest[start...]
    if rest.starts(with: needle) {
      result.append(contentsOf: replacement.utf8)
      rest = rest.dropFirst(needle.count)
    } else {
      result.append(first)
      rest = rest.dropFirst()
    }
  }
  return String(decoding: result + rest, as: UTF8.self)
}

/// A number as JSON, YAML, HCL and PromQL all read it: no exponent, no `.0`.
public func spelledNumber(_ value: Double) -> String {
  precondition(value.isFinite, "BUG: documents hold finite numbers")
  if let integer = Int(exactly: value) { return String(integer) }
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

extension String {
  /// Whether all bytes of the UTF-8 are such, asked of the bytes themselves, where `utf8` looks up each.
  func allBytes(_ isSuch: (UInt8) -> Bool) -> Bool {
    unsafe utf8.withContiguousStorageIfAvailable { unsafe $0.allSatisfy(isSuch) } ?? utf8.allSatisfy(isSuch)
  }

  /// Each line without its end, and whether it has one. What follows the last end is a line where it isn't empty.
  func forEachLine(_ body: (ArraySlice<UInt8>, _ isEnded: Bool) -> Void) {
    var rest = Array(utf8)[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      body(rest[..<end], true)
      rest = rest[(end + 1)...]
    }
    if !rest.isEmpty { body(rest, false) }
  }
}
