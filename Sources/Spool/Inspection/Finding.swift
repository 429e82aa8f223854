/// Something that isn't as it was written, or that is worth knowing.
public struct Finding: Hashable {
  /// What it is.
  public enum Kind: String, Hashable {
    /// Bytes that don't hold; parity gives them back, or a checksum where it is one bit.
    case mendable = "mendable"
    /// Bytes that don't hold and can't be had again.
    case damaged = "damaged"
    /// The segment's own header doesn't hold; the records say what it said.
    case damagedHeader = "damaged-header"
    /// Records that no file has, by the numbers of those around them.
    case missing = "missing"
    /// Checksums hold and the content isn't what the format allows.
    case malformed = "malformed"
    /// The seal counts other records than there are.
    case wrongSeal = "wrong-seal"
    /// Can't be opened or read.
    case unreadable = "unreadable"
    /// Written by a later version.
    case newerFormat = "newer-format"
    /// One of a cursor's two slots.
    case damagedSlot = "damaged-slot"
    /// A cursor without a slot that can be used.
    case lostCursor = "lost-cursor"
    /// A cursor that knows of records beyond those in the files.
    case cursorAhead = "cursor-ahead"
    /// A cursor that waits for segments which are gone.
    case cursorBehind = "cursor-behind"
    /// A file that ends within a record.
    case tornTail = "torn-tail"
    /// A segment without a record.
    case empty = "empty"
    /// Records of a kind that a later version brought.
    case unknownRecords = "unknown-records"
    /// A name that is none of the spool's.
    case foreign = "foreign"
  }

  /// What `repair` does about it.
  public enum Repair: String, Hashable {
    /// Writes the bytes back.
    case mend = "mend"
    /// Writes the cursor again, to the slot that doesn't hold.
    case rewriteCursor = "rewrite-cursor"
    /// Nothing: there is nothing to write it from, or no need.
    case nothing = "none"
  }

  public var kind: Kind
  public var file: String
  /// Bytes of the file; nothing where it is about the file as a whole.
  public var range: Range<Int>?
  public var cost = Cost()
  public var repair = Repair.nothing
  /// How many places this one stands for, where there are too many to tell apart.
  public var places = 1
  /// Of a later version: the reader that it asks for.
  public var readerVersion: UInt16?

  init(_ kind: Kind, _ file: String, _ range: Range<Int>? = nil, repair: Repair = .nothing) {
    self.kind = kind
    self.file = file
    self.range = range
    self.repair = repair
  }

  /// Normal in the life of a queue, and nothing to act on.
  public var isNote: Bool {
    switch kind {
    // A store that was cut short leaves a slot like that, and the other one is there for it.
    case .damagedSlot, .cursorAhead, .cursorBehind, .foreign, .unknownRecords: true
    case .tornTail, .empty: cost.samples == 0
    default: false
    }
  }

  /// What is lost.
  public struct Cost: Hashable {
    public var records: UInt64 = 0
    public var samples: UInt64 = 0
    /// Milliseconds since 1970: between these the lost samples lie.
    public var timeRange: ClosedRange<Int64>?
    /// Whose samples, as far as the records around say so; an upper bound.
    public var seriesCount = 0
    /// The labels of some of them.
    public var examples: [[(name: [UInt8], value: [UInt8])]] = []
    var streams: Set<UInt32> = []

    public static func == (left: Cost, right: Cost) -> Bool {
      left.records == right.records && left.samples == right.samples && left.timeRange == right.timeRange
        && left.seriesCount == right.seriesCount && left.streams == right.streams
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(records)
      hasher.combine(samples)
    }

    mutating func widen(_ times: Int64?...) {
      for case let time? in times {
        timeRange = min(timeRange?.lowerBound ?? time, time)...max(timeRange?.upperBound ?? time, time)
      }
    }
  }
}
