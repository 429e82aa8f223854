/// The samples of one record, in reused columns. Series are numbers of the segment's dictionary.
package struct DecodedRecord {
  package internal(set) var stream: UInt32 = 0
  package internal(set) var series: [UInt32] = []
  /// Bit patterns.
  package internal(set) var values: [UInt64] = []
  /// Milliseconds since 1970, one for each sample.
  package internal(set) var timestamps: [Int64] = []
  package internal(set) var items: [Item] = []

  package struct Item: Hashable, Sendable {
    package let kind: OpaqueItem.Kind
    package let series: UInt32?
    package let timestamp: Int64
    package let message: [UInt8]
  }

  package init() {}

  package mutating func removeAll() {
    series.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    timestamps.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
  }
}
