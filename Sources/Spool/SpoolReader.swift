public import Samples

/// A place in the spool from which records are read, with what decoding needs. One for each lane of each destination.
public struct SpoolReader: ~Copyable {
  /// The next record that this reader hasn't given out.
  public internal(set) var nextSequence: UInt64
  var samplesPosition: UInt64
  var scanner = SegmentScanner()
  /// Its `dictionary` has the labels of the series in the record read last.
  public internal(set) var decoder = SegmentDecoder()

  /// Before the next record.
  public var position: SpoolPosition { SpoolPosition(sequence: nextSequence, samplesBefore: samplesPosition) }

  /// The segment that the record read last belongs to, and with it the numbers of its series; 0 for none yet.
  public var segmentNumber: UInt64 { scanner.number }

  init(nextSequence: UInt64, samplesPosition: UInt64) {
    self.nextSequence = nextSequence
    self.samplesPosition = samplesPosition
  }
}

/// A place between two records, by what lies before it.
public struct SpoolPosition: Hashable, Sendable {
  /// Of the record behind it.
  public let sequence: UInt64
  /// Samples collected up to here since the spool began.
  public let samplesBefore: UInt64

  public init(sequence: UInt64, samplesBefore: UInt64) {
    self.sequence = sequence
    self.samplesBefore = samplesBefore
  }
}

/// One or more records as they leave the spool: by their numbers, which `Spool.settle` takes.
public struct RecordRange: Hashable, Sendable {
  public let first: UInt64
  /// One past the last.
  public let end: UInt64
  public let samplesBefore: UInt64
  public let sampleCount: UInt64

  public init(first: UInt64, end: UInt64, samplesBefore: UInt64, sampleCount: UInt64) {
    self.first = first
    self.end = end
    self.samplesBefore = samplesBefore
    self.sampleCount = sampleCount
  }
}

/// What a reader comes upon.
public enum SpoolEvent: Hashable, Sendable {
  /// The samples or items are in the `DecodedRecord`.
  case record(RecordRange)
  /// These can't be had any more. To be settled as dropped, `damaged`.
  case lost(RecordRange)
  /// Nothing more for now.
  case end
}
