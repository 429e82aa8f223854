/// A series as an exposition spells it: `name{label="value",…}`, or `{"name",label="value",…}`.
enum SeriesText {
  /// Where the series that begins at `start` ends. Only looks for the closing brace; `parse` judges.
  static func end(_ bytes: Span<UInt8>, from start: Int, before end: Int) -> Int? {
    var index = start
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "{") { break }
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") { return index }
      index += 1
    }
    guard index < end else { return nil }
    var isQuoted = false
    while index < end {
      let byte = bytes[index]
      if isQuoted {
        if byte == UInt8(ascii: "\\") { index += 1 } else if byte == UInt8(ascii: "\"") { isQuoted = false }
      } else if byte == UInt8(ascii: "\"") {
        isQuoted = true
      } else if byte == UInt8(ascii: "}") {
        return index + 1
      } else if byte == UInt8(ascii: "\n") {
        return nil
      }
      index += 1
    }
    return nil
  }

  /// Reads a whole series into `labels`, sorted; labels without a value stay, for `honor_labels`.
  static func parse(
    _ bytes: Span<UInt8>,
    limits: ExpositionLimits,
    into labels: inout LabelSet
  ) -> ExpositionFailure.Reason? {
    labels.removeAll()
    var index = 0
    while index < bytes.count, isNameByte(bytes[index], isFirst: index == 0, colon: true) { index += 1 }
    var hasName = index > 0
    if hasName { labels.append(name: metricName.span, value: bytes.extracting(0..<index)) }
    if index < bytes.count {
      guard bytes[index] == UInt8(ascii: "{") else { return .metricName }
      index += 1
      if let failure = parseLabels(bytes, &index, limits: limits, hasName: &hasName, into: &labels) { return failure }
      guard index == bytes.count else { return .unexpectedByte }
    }
    guard hasName else { return .metricName }
    return normalize(&labels, limits: limits, keepsEmpty: true)
  }

  /// Reads labels alone, in braces, into `labels`, sorted; those without a value stay out.
  static func parseLabels(
    _ bytes: Span<UInt8>,
    limits: ExpositionLimits,
    into labels: inout LabelSet
  ) -> ExpositionFailure.Reason? {
    labels.removeAll()
    var index = 1
    // No name is looked for, so none is found.
    var hasName = true
    if let failure = parseLabels(bytes, &index, limits: limits, hasName: &hasName, into: &labels) { return failure }
    guard index == bytes.count else { return .unexpectedByte }
    return normalize(&labels, limits: limits, keepsEmpty: false)
  }

  private static func normalize(_ labels: inout LabelSet, limits: ExpositionLimits, keepsEmpty: Bool)
    -> ExpositionFailure.Reason?
  {
    guard labels.count <= limits.labelCountMax else { return .tooManyLabels }
    do throws(LabelSet.Failure) {
      try labels.normalize(keepsEmpty: keepsEmpty)
    } catch {
      return error == .emptyName ? .labelName : error == .tooLarge ? .labelValueTooLong : .duplicateLabel
    }
    return nil
  }

  static let metricName = Array("__name__".utf8)

  /// From after the opening brace to after the closing one.
  private static func parseLabels(
    _ bytes: Span<UInt8>,
    _ index: inout Int,
    limits: ExpositionLimits,
    hasName: inout Bool,
    into labels: inout LabelSet
  ) -> ExpositionFailure.Reason? {
    var text: [UInt8] = []
    while true {
      skipBlanks(bytes, &index)
      guard index < bytes.count else { return .unexpectedByte }
      if bytes[index] == UInt8(ascii: "}") {
        index += 1
        return nil
      }
      var name: [UInt8] = []
      if bytes[index] == UInt8(ascii: "\"") {
        guard quoted(bytes, &index, into: &name) else { return .labelName }
        guard String(validating: name, as: UTF8.self) != nil else { return .invalidUTF8 }
        skipBlanks(bytes, &index)
        // A quoted text without a value is the name of the metric.
        if index < bytes.count, bytes[index] != UInt8(ascii: "=") {
          guard !hasName, !name.isEmpty else { return .metricName }
          hasName = true
          labels.append(name: metricName.span, value: name.span)
          guard separator(bytes, &index) else { return .unexpectedByte }
          continue
        }
      } else {
        let start = index
        while index < bytes.count, isNameByte(bytes[index], isFirst: index == start, colon: false) { index += 1 }
        name = bytes.extracting(start..<index).array
      }
      guard !name.isEmpty else { return .labelName }
      guard name.count <= limits.labelNameByteCountMax else { return .labelNameTooLong }
      skipBlanks(bytes, &index)
      guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return .labelName }
      index += 1
      skipBlanks(bytes, &index)
      guard quoted(bytes, &index, into: &text) else { return .labelValue }
      guard text.count <= limits.labelValueByteCountMax else { return .labelValueTooLong }
      guard String(validating: text, as: UTF8.self) != nil else { return .invalidUTF8 }
      labels.append(name: name.span, value: text.span)
      guard separator(bytes, &index) else { return .unexpectedByte }
    }
  }

  private static func separator(_ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
    skipBlanks(bytes, &index)
    guard index < bytes.count else { return false }
    if bytes[index] == UInt8(ascii: ",") {
      index += 1
      return true
    }
    return bytes[index] == UInt8(ascii: "}")
  }

  private static func quoted(_ bytes: Span<UInt8>, _ index: inout Int, into text: inout [UInt8]) -> Bool {
    text.removeAll(keepingCapacity: true)
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return false }
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return true }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard index < bytes.count else { return false }
      switch bytes[index] {
      case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): text.append(bytes[index])
      // Not an escape: both bytes are meant, as Prometheus reads it.
      case let other: text.append(contentsOf: [byte, other])
      }
      index += 1
    }
    return false
  }

  private static func skipBlanks(_ bytes: Span<UInt8>, _ index: inout Int) {
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t") { index += 1 }
  }

  private static func isNameByte(_ byte: UInt8, isFirst: Bool, colon: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    case UInt8(ascii: ":"): colon
    case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
    default: false
    }
  }
}
