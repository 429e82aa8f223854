/// An exemplar as OpenMetrics spells it, behind the `#`: ` {label="value"} value [timestamp]`.
enum ExemplarText {
  /// Characters of all names and values together. Source: OpenMetrics 1.0, "Exemplars"; Prometheus refuses more.
  static let characterCountMax = 128

  private static let limits = ExpositionLimits(
    sampleCountMax: .max,
    keptSampleCountMax: .max,
    labelCountMax: characterCountMax,
    labelNameByteCountMax: 4 * characterCountMax,
    labelValueByteCountMax: 4 * characterCountMax
  )

  /// Reads one whose parts were found in their places.
  /// - Parameters:
  ///   - timestamp: of the sample it stands with, for one that brings none. Milliseconds since 1970.
  ///   - labels: room for its labels.
  /// - Returns: the Exemplar of remote write 1.0; nothing for one that Prometheus doesn't take: with more than 128 characters, a label
  ///   twice, or what is no label.
  static func read(_ text: Span<UInt8>, timestamp: Int64, into labels: inout LabelSet) -> (
    timestamp: Int64, message: [UInt8]
  )? {
    var index = 0
    skipBlanks(text, &index)
    guard let end = SeriesText.end(text, from: index, before: text.count),
      SeriesText.parseLabels(text.extracting(index..<end), limits: limits, into: &labels) == nil
    else { return nil }
    index = end
    guard let value = token(text, &index).flatMap({ NumberText.bits(text, $0) }) else { return nil }
    var time = timestamp
    if let range = token(text, &index) {
      guard let seconds = NumberText.bits(text, range).map(Double.init(bitPattern:)), abs(seconds) < 9e12 else {
        return nil
      }
      time = Int64((seconds * 1000).rounded())
    }
    return message(labels, value, time).map { (time, $0) }
  }

  private static func message(_ labels: LabelSet, _ value: UInt64, _ timestamp: Int64) -> [UInt8]? {
    var message = ByteBuffer()
    var characterCount = 0
    for index in 0..<labels.count {
      let (name, value) = (labels.name(index), labels.value(index))
      characterCount += (name + value).count { $0 & 0xc0 != 0x80 }
      guard characterCount <= characterCountMax else { return nil }
      var label = ByteBuffer()
      label.appendField(1, name.span)
      label.appendField(2, value.span)
      message.appendField(1, label.span)
    }
    message.append(0x11)
    message.append(littleEndian: value)
    message.append(0x18)
    message.append(varint: UInt64(bitPattern: timestamp))
    return message.array
  }

  private static func skipBlanks(_ text: Span<UInt8>, _ index: inout Int) {
    while index < text.count, text[index] <= UInt8(ascii: " ") { index += 1 }
  }

  private static func token(_ text: Span<UInt8>, _ index: inout Int) -> Range<Int>? {
    skipBlanks(text, &index)
    let start = index
    while index < text.count, text[index] > UInt8(ascii: " ") { index += 1 }
    return start < index ? start..<index : nil
  }
}
