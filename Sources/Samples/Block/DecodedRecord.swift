/// The samples of one record, in reused columns. Series are numbers of the segment's dictionary.
public struct DecodedRecord {
  public internal(set) var stream: UInt32 = 0
  public internal(set) var series: [UInt32] = []
  /// Bit patterns.
  public internal(set) var values: [UInt64] = []
  /// Milliseconds since 1970, one for each sample.
  public internal(set) var timestamps: [Int64] = []
  public internal(set) var items: [Item] = []

  public struct Item: Hashable, Sendable {
    public let kind: OpaqueItem.Kind
    public let series: UInt32?
    public let timestamp: Int64
    public let message: [UInt8]
  }

  public init() {}

  public mutating func removeAll() {
    series.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    timestamps.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
  }
}
