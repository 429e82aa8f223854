/// Why an exposition isn't taken. All or nothing: half a scrape would look like series that ended.
package struct ExpositionFailure: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case metricName, labelName, labelValue, value, timestamp, invalidUTF8, duplicateLabel, unexpectedByte, exemplar
    case missingEndOfFile, dataAfterEndOfFile
    case tooManySamples, tooManyLabels, labelNameTooLong, labelValueTooLong
  }

  package let reason: Reason
  /// From 1.
  package let line: Int

  package init(_ reason: Reason, line: Int) {
    self.reason = reason
    self.line = line
  }
}

/// What bounds a scrape; of a configuration, so none has a default here.
package struct ExpositionLimits: Sendable {
  package var sampleCountMax: Int
  package var labelCountMax: Int
  package var labelNameByteCountMax: Int
  package var labelValueByteCountMax: Int

  package init(sampleCountMax: Int, labelCountMax: Int, labelNameByteCountMax: Int, labelValueByteCountMax: Int) {
    self.sampleCountMax = sampleCountMax
    self.labelCountMax = labelCountMax
    self.labelNameByteCountMax = labelNameByteCountMax
    self.labelValueByteCountMax = labelValueByteCountMax
  }
}

package enum ExpositionFormat: Sendable {
  /// text/plain; version=0.0.4
  case text
  /// application/openmetrics-text; version=1.0.0
  case openMetrics
}
