/// Why an exposition isn't taken. All or nothing: half a scrape would look like series that ended.
public struct ExpositionFailure: Error, Hashable, Sendable {
  public enum Reason: Error, Hashable, Sendable {
    case metricName, labelName, labelValue, value, timestamp, invalidUTF8, duplicateLabel, unexpectedByte, exemplar
    case missingEndOfFile, dataAfterEndOfFile
    case tooManySamples, tooManyLabels, labelNameTooLong, labelValueTooLong
    /// More samples than `sample_limit` are left after relabeling.
    case sampleLimit
    /// All targets together have as many series as the memory's budget allows.
    case seriesBudget
    /// Relabeling took the name away.
    case nameRelabeledAway
  }

  public let reason: Reason
  /// From 1.
  public let line: Int

  public init(_ reason: Reason, line: Int) {
    self.reason = reason
    self.line = line
  }
}

/// What bounds a scrape; of a configuration, so none has a default here.
public struct ExpositionLimits: Sendable {
  /// Samples exposed, whatever relabeling does to them: bounds the memory of a scrape.
  public var sampleCountMax: Int
  /// Samples left after relabeling (`sample_limit`).
  public var keptSampleCountMax: Int
  public var labelCountMax: Int
  public var labelNameByteCountMax: Int
  public var labelValueByteCountMax: Int

  public init(
    sampleCountMax: Int,
    keptSampleCountMax: Int = .max,
    labelCountMax: Int,
    labelNameByteCountMax: Int,
    labelValueByteCountMax: Int
  ) {
    self.sampleCountMax = sampleCountMax
    self.keptSampleCountMax = keptSampleCountMax
    self.labelCountMax = labelCountMax
    self.labelNameByteCountMax = labelNameByteCountMax
    self.labelValueByteCountMax = labelValueByteCountMax
  }
}

/// The two text formats that targets answer with, as their Content-Type tells.
public enum ExpositionFormat: Sendable {
  /// text/plain; version=0.0.4
  case text
  /// application/openmetrics-text; version=1.0.0
  case openMetrics
}

/// What is made of the timestamps that samples bring along.
public struct ExplicitTimestamps: Sendable {
  /// Whether they hold (`honor_timestamps`), or the scrape's time does.
  public var isHonored: Bool
  /// Whether series that bring them end with a marker like all others (`track_timestamps_staleness`).
  public var endsWithMarker: Bool
  /// Milliseconds since 1970; samples outside are left out and counted.
  public var range: ClosedRange<Int64>

  public init(isHonored: Bool, endsWithMarker: Bool, range: ClosedRange<Int64>) {
    self.isHonored = isHonored
    self.endsWithMarker = endsWithMarker
    self.range = range
  }

  public static let honored = ExplicitTimestamps(isHonored: true, endsWithMarker: false, range: .min ... .max)
}
