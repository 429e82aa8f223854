// The one place that asks the standard library for what it has and doesn't publish; Foundation would be the other way.
@_spi(_Unicode) import Swift

extension String {
  /// Whether the text is in Unicode's normal form C, in which Terraform keeps every string (cty, `cty.StringVal`).
  var isInNormalFormC: Bool {
    utf8.allSatisfy { $0 < 0x80 } || unicodeScalars.elementsEqual(_nfc)
  }
}
