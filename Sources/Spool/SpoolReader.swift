package import Samples

/// A place in the spool from which records are read, with what decoding needs. One for each lane of each destination.
package struct SpoolReader: ~Copyable {
  /// The next record that this reader hasn't given out.
  package internal(set) var nextSequence: UInt64
  var samplesPosition: UInt64
  var scanner = SegmentScanner()
  /// Its `dictionary` has the labels of the series in the record read last.
  package internal(set) var decoder = SegmentDecoder()

  /// Before the next record.
  package var position: SpoolPosition { SpoolPosition(sequence: nextSequence, samplesBefore: samplesPosition) }

  /// The segment that the record read last belongs to, and with it the numbers of its series; 0 for none yet.
  package var segmentNumber: UInt64 { scanner.number }

  init(nextSequence: UInt64, samplesPosition: UInt64) {
    self.nextSequence = nextSequence
    self.samplesPosition = samplesPosition
  }
}

/// A place between two records, by what lies before it.
package struct SpoolPosition: Hashable, Sendable {
  /// Of the record behind it.
  package let sequence: UInt64
  /// Samples collected up to here since the spool began.
  package let samplesBefore: UInt64

  package init(sequence: UInt64, samplesBefore: UInt64) {
    self.sequence = sequence
    self.samplesBefore = samplesBefore
  }
}

/// One or more records as they leave the spool: by their numbers, which `Spool.settle` takes.
package struct RecordRange: Hashable, Sendable {
  package let first: UInt64
  /// One past the last.
  package let end: UInt64
  package let samplesBefore: UInt64
  package let sampleCount: UInt64

  package init(first: UInt64, end: UInt64, samplesBefore: UInt64, sampleCount: UInt64) {
    self.first = first
    self.end = end
    self.samplesBefore = samplesBefore
    self.sampleCount = sampleCount
  }
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
