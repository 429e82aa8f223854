import Samples

/// A segment whose records are read back as soon as they are written.
struct RecordCodec: ~Copyable {
  private var encoder = SegmentEncoder()
  private(set) var decoder = SegmentDecoder()
  /// The last one, as it was read: the same memory again and again, as a reader has it.
  private(set) var record = DecodedRecord()
  private var sequence: UInt64 = 0

  mutating func write(_ batch: SampleBatch, _ table: SeriesTable) throws {
    var definitions: [[UInt8]] = []
    var payload = ByteBuffer()
    sequence += 1
    let lowest = encoder.encode(batch, sequence: sequence, table: table, definitions: &definitions, payload: &payload)
    for definition in definitions { try decoder.define(definition.span) }
    try decoder.decode(
      payload.span,
      sequence: sequence,
      sampleCount: batch.count,
      lowestTimestamp: lowest,
      into: &record
    )
  }
}
