package import Samples

/// A place in the spool from which records are read, with what decoding needs. One for each lane of each destination.
package struct SpoolReader: ~Copyable {
  /// The next record that this reader hasn't given out.
  package internal(set) var nextSequence: UInt64
  var samplesPosition: UInt64
  var scanner = SegmentScanner()
  /// Its `dictionary` has the labels of the series in the record read last.
  package internal(set) var decoder = SegmentDecoder()

  init(nextSequence: UInt64, samplesPosition: UInt64) {
    self.nextSequence = nextSequence
    self.samplesPosition = samplesPosition
  }
}

/// One or more records as they leave the spool: by their numbers, which `Spool.settle` takes.
package struct RecordRange: Hashable, Sendable {
  package let first: UInt64
  /// One past the last.
  package let end: UInt64
  package let samplesBefore: UInt64
  package let sampleCount: UInt64
}

/// What a reader comes upon.
package enum SpoolEvent: Hashable, Sendable {
  /// The samples or items are in the `DecodedRecord`.
  case record(RecordRange)
  /// These can't be had any more. To be settled as dropped, `damaged`.
  case lost(RecordRange)
  /// Nothing more for now.
  case end
}
