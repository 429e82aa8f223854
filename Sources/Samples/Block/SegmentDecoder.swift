/// Reads the payloads of one segment, in their order. Trusts nothing: a payload with a good checksum may still have been written by another hand.
public struct SegmentDecoder: ~Copyable {
  /// Why a record's samples can't be had.
  public enum Failure: Error, Hashable {
    /// Not what the format allows.
    case malformed
    /// The record leans on one that wasn't seen: lost, with all of its stream up to the next reset.
    case brokenChain
  }

  private struct Stream {
    var epoch: UInt32 = 0
    /// 0 once the chain is broken.
    var lastSequence: UInt64 = 0
    var list: [UInt32] = []
  }

  public private(set) var dictionary = SegmentDictionary()
  private var states: [SegmentEncoder.SeriesState] = []
  private var streams: [UInt32: Stream] = [:]
  private var epochs: UInt32 = 0
  private var scratch: [UInt32] = []

  public init() {}

  /// A reader's own copy of what is kept while the dictionary of a segment is asked for labels.
  public mutating func define(_ payload: Span<UInt8>) throws(Failure) {
    do throws(ByteReader.Malformed) { try dictionary.define(payload) } catch { throw .malformed }
  }

  /// Decodes the payload of a samples record.
  /// - Parameters: sequence, sample count and lowest timestamp from the record's header.
  public mutating func decode(
    _ payload: Span<UInt8>,
    sequence: UInt64,
    sampleCount: Int,
    lowestTimestamp: Int64,
    into record: inout DecodedRecord
  ) throws(Failure) {
    record.removeAll()
    var reader = ByteReader(payload)
    let number: UInt32
    let step: UInt64
    do throws(ByteReader.Malformed) {
      number = UInt32(try reader.count(max: Int(UInt32.max)))
      step = try reader.varint()
    } catch { throw .malformed }
    // Taken out, so that a failure on the way leaves the chain broken rather than half moved on.
    var stream = streams.removeValue(forKey: number) ?? Stream()
    if step == 0 {
      epochs += 1
      stream.epoch = epochs
      stream.list.removeAll(keepingCapacity: true)
    } else if stream.lastSequence == 0 || step > sequence || stream.lastSequence != sequence - step {
      throw .brokenChain
    }
    do throws(ByteReader.Malformed) {
      try decode(
        &reader,
        &stream,
        number: number,
        sampleCount: sampleCount,
        lowestTimestamp: lowestTimestamp,
        into: &record
      )
    } catch {
      record.removeAll()
      throw .malformed
    }
    stream.lastSequence = sequence
    record.stream = number
    streams[number] = stream
  }

  private mutating func decode(
    _ reader: inout ByteReader,
    _ stream: inout Stream,
    number: UInt32,
    sampleCount: Int,
    lowestTimestamp: Int64,
    into record: inout DecodedRecord
  ) throws(ByteReader.Malformed) {
    switch try reader.byte() {
    case 0:
      guard stream.list.count == sampleCount else { throw ByteReader.Malformed() }
    case 1:
      try ListEdits.decode(
        &reader,
        from: stream.list,
        count: sampleCount,
        limit: dictionary.seriesCount,
        into: &scratch
      )
      for series in scratch where dictionary.owners[Int(series)] != number || !dictionary.isDefined(series) {
        throw ByteReader.Malformed()
      }
      swap(&scratch, &stream.list)
      let missing = dictionary.seriesCount - states.count
      if missing > 0 { states.append(contentsOf: repeatElement(SegmentEncoder.SeriesState(), count: missing)) }
    default: throw ByteReader.Malformed()
    }
    record.series.append(contentsOf: stream.list)
    try Self.decodeTimestamps(&reader, sampleCount, lowestTimestamp, into: &record.timestamps)
    let runs = try reader.bytes(try reader.count(max: reader.remaining))
    let changes = try reader.bytes(reader.remaining)
    try Self.decodeValues(
      runs: runs,
      changes: changes,
      list: stream.list,
      epoch: stream.epoch,
      states: &states,
      into: &record.values
    )
  }

  private static func decodeTimestamps(
    _ reader: inout ByteReader,
    _ count: Int,
    _ lowest: Int64,
    into times: inout [Int64]
  ) throws(ByteReader.Malformed) {
    switch try reader.byte() {
    case 0: times.append(contentsOf: repeatElement(lowest, count: count))
    case 1:
      var time = lowest
      while times.count < count {
        time = time &+ (try reader.zigzag())
        let length = try reader.count(max: count - times.count)
        guard length > 0 else { throw ByteReader.Malformed() }
        times.append(contentsOf: repeatElement(time, count: length))
      }
    default: throw ByteReader.Malformed()
    }
  }

  private static func decodeValues(
    runs: Span<UInt8>,
    changes: Span<UInt8>,
    list: [UInt32],
    epoch: UInt32,
    states allStates: inout [SegmentEncoder.SeriesState],
    into values: inout [UInt64]
  ) throws(ByteReader.Malformed) {
    var runReader = ByteReader(runs)
    var changeReader = ByteReader(changes)
    let powersOfTen = Scale.powers
    let powers = powersOfTen.span
    let list = list.span
    var states = allStates.mutableSpan
    values.reserveCapacity(list.count)
    var index = 0
    while index < list.count {
      let unchanged = try runReader.count(max: list.count - index)
      for position in index..<index + unchanged {
        let series = Int(list[position])
        if states[series].epoch != epoch { states[series] = SegmentEncoder.SeriesState(epoch: epoch) }
        values.append(states[series].bits)
      }
      index += unchanged
      let changed = try runReader.count(max: list.count - index)
      if unchanged == 0, changed == 0 { throw ByteReader.Malformed() }
      for position in index..<index + changed {
        let series = Int(list[position])
        var state = states[series]
        if state.epoch != epoch { state = SegmentEncoder.SeriesState(epoch: epoch) }
        try decode(&changeReader, &state, powers)
        states[series] = state
        values.append(state.bits)
      }
      index += changed
    }
    guard runReader.isAtEnd, changeReader.isAtEnd else { throw ByteReader.Malformed() }
  }

  @inline(__always)
  private static func decode(
    _ reader: inout ByteReader,
    _ state: inout SegmentEncoder.SeriesState,
    _ powers: Span<Double>
  ) throws(ByteReader.Malformed) {
    if let last = state.scale.integer(state.bits, powers) {
      let difference = try reader.zigzag()
      if difference == 0 { return try decodeEscape(&reader, &state, powers) }
      state.bits = state.scale.value(last &+ difference, powers).bitPattern
      return
    }
    let code = try reader.byte()
    if code == 0 { return try decodeEscape(&reader, &state, powers) }
    let (leading, trailing) = (Int(code - 1) / 8, Int(code - 1) % 8)
    guard leading + trailing < 8 else { throw ByteReader.Malformed() }
    var difference: UInt64 = 0
    for byte in 0..<8 - leading - trailing { difference |= UInt64(try reader.byte()) << UInt64((byte + trailing) * 8) }
    state.bits ^= difference
  }

  private static func decodeEscape(
    _ reader: inout ByteReader,
    _ state: inout SegmentEncoder.SeriesState,
    _ powers: Span<Double>
  ) throws(ByteReader.Malformed) {
    guard let scale = Scale(validating: try reader.byte()) else { throw ByteReader.Malformed() }
    if scale == .raw {
      state.bits = try reader.littleEndian(UInt64.self)
    } else {
      state.bits = scale.value(try reader.zigzag(), powers).bitPattern
      // Else what comes next couldn't be told from an escape.
      guard scale.integer(state.bits, powers) != nil else { throw ByteReader.Malformed() }
    }
    state.scale = scale
  }

  /// Decodes the payload of a record of opaque items (5.5).
  public func decodeItems(_ payload: Span<UInt8>, lowestTimestamp: Int64, into record: inout DecodedRecord)
    throws(Failure)
  {
    record.removeAll()
    do throws(ByteReader.Malformed) {
      var reader = ByteReader(payload)
      for _ in 0..<(try reader.count(max: reader.remaining)) {
        guard let kind = OpaqueItem.Kind(rawValue: UInt8(try reader.count(max: 255))) else {
          throw ByteReader.Malformed()
        }
        let series = try reader.count(max: dictionary.seriesCount)
        if series > 0, !dictionary.isDefined(UInt32(series - 1)) { throw ByteReader.Malformed() }
        let timestamp = lowestTimestamp &+ (try reader.zigzag())
        let message = try reader.bytes(try reader.count(max: reader.remaining))
        record.items.append(
          DecodedRecord.Item(
            kind: kind,
            series: series == 0 ? nil : UInt32(series - 1),
            timestamp: timestamp,
            message: message.array
          )
        )
      }
      guard reader.isAtEnd else { throw ByteReader.Malformed() }
    } catch {
      record.removeAll()
      throw .malformed
    }
  }
}
