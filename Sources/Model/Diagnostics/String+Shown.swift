extension String {
  /// The text as a message shows it: at most 60 characters, and none that a terminal would act on or that hides others.
  public var shown: String {
    var result = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      if count == 60 { return result + "…" }
      if scalar.isUnprintable {
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether no text of a model may have it: controls, and what YAML can't hold without an escape that other formats
  /// don't know.
  public var isNoText: Bool {
    properties.generalCategory == .control || value & 0xfffe == 0xfffe
  }

  /// `U+2028`.
  public var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Controls, line and paragraph separators, and the marks that turn the direction of writing.
  public var isUnprintable: Bool {
    switch value {
    case 0..<0x20, 0x7f..<0xa0, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff: true
    default: false
    }
  }
}
