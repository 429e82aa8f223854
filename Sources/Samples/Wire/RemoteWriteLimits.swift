/// What a remote-write client may send. The specifications leave limits to the receiver.
public struct RemoteWriteLimits: Sendable {
  /// Samples, histograms, exemplars and metadata together, in one request; and series.
  public var sampleCountMax: Int
  public var labelCountMax: Int
  public var labelNameByteCountMax: Int
  public var labelValueByteCountMax: Int
  /// Names and values of one series together.
  public var labelsByteCountMax: Int
  /// One histogram, exemplar or metadata.
  public var itemByteCountMax: Int
  /// All of a request's: symbols of 2.0 can name the same long text many times.
  public var itemsByteCountMax: Int
  /// Labels of all series of a request that weren't known before, for the same reason.
  public var unknownLabelsByteCountMax: Int

  /// Generous: what a real sender reaches is a defect of its target, and a refused series is a lost one.
  public init(
    sampleCountMax: Int = 500_000,
    labelCountMax: Int = 256,
    labelNameByteCountMax: Int = 1024,
    labelValueByteCountMax: Int = 16 << 10,
    labelsByteCountMax: Int = 64 << 10,
    itemByteCountMax: Int = 256 << 10,
    itemsByteCountMax: Int = 32 << 20,
    unknownLabelsByteCountMax: Int = 256 << 20
  ) {
    self.sampleCountMax = sampleCountMax
    self.labelCountMax = labelCountMax
    self.labelNameByteCountMax = labelNameByteCountMax
    self.labelValueByteCountMax = labelValueByteCountMax
    self.labelsByteCountMax = labelsByteCountMax
    self.itemByteCountMax = itemByteCountMax
    self.itemsByteCountMax = itemsByteCountMax
    self.unknownLabelsByteCountMax = unknownLabelsByteCountMax
  }
}
