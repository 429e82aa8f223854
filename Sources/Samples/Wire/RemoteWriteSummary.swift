/// What became of the content of a remote-write request.
public struct RemoteWriteSummary: Hashable, Sendable {
  /// Why a part of a request isn't taken, though the request can be read. The names stand in metrics and answers.
  public enum Refusal: String, CaseIterable, Hashable, Sendable {
    /// No labels, an empty or repeated name, bytes that aren't UTF-8, or symbols that the request doesn't hold.
    case invalidLabels = "invalid_labels"
    /// No `__name__`: a receiver may take such a series, but none can give it back.
    case missingName = "missing_name"
    /// More or longer labels than `RemoteWriteLimits` says.
    case labelLimit = "label_limit"
    /// Later than the bound, or before 1970.
    case timestamp = "timestamp"
    /// Histograms, exemplars or metadata beyond `RemoteWriteLimits.itemByteCountMax`, or all of them beyond `itemsByteCountMax`.
    case itemTooLarge = "item_too_large"
  }

  public var samples = 0
  public var histograms = 0
  public var exemplars = 0
  /// Metadata of 2.0 comes with every series; what came before from the same client doesn't count again.
  public var metadata = 0
  /// Samples and histograms that weren't taken.
  public var refused: [Refusal: Int] = [:]
  /// Exemplars and metadata that weren't taken.
  public var refusedItems: [Refusal: Int] = [:]

  public init() {}

  public var refusedSampleCount: Int { refused.values.reduce(0, +) }
  public var isWhole: Bool { refused.isEmpty && refusedItems.isEmpty }

  mutating func refuse(_ reason: Refusal, samples: Int = 0, items: Int = 0) {
    if samples > 0 { refused[reason, default: 0] += samples }
    if items > 0 { refusedItems[reason, default: 0] += items }
  }
}
