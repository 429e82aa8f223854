/// Writes the payloads of one segment: knows what the segment has defined and what each series was last.
///
/// A failed write leaves the encoder ahead of the file: throw it away with the segment.
public struct SegmentEncoder: ~Copyable {
  struct SeriesState: BitwiseCopyable {
    var bits: UInt64 = 0
    /// The reset of its stream that this state comes after; an older one counts as +0 with scale 0.
    var epoch: UInt32 = 0
    var scale = Scale.whole
  }

  struct Stream {
    let number: UInt32
    var epoch: UInt32 = 0
    /// As the caller named them, to see at once that nothing changed.
    var references: [SeriesReference] = []
    var list: [UInt32] = []
    var lastSequence: UInt64 = 0
    var resetByteCount = 0
    var byteCountSinceReset = 0
  }

  /// How many times the bytes of its reset a stream writes before the next one (5.1).
  private let resetRatio = 24
  private var definitions = DefinitionEncoder()
  private var states: [SeriesState] = []
  private var streams: [Stream] = []
  private var streamIndices: [UInt32: Int] = [:]
  private var list: [UInt32] = []
  private var positions: [Int32] = []
  private var runs = ByteBuffer()
  private var changes = ByteBuffer()
  private var epochs: UInt32 = 0

  public init() {}

  /// Encodes the samples of `batch` as one record, and before it what it needs defined.
  /// - Parameters:
  ///   - sequence: the record's number.
  ///   - definitionsOut: receives the payloads of the definitions records that have to come before.
  ///   - payload: receives the payload of the samples record.
  /// - Returns: the lowest timestamp, which goes into the record's header.
  public mutating func encode(
    _ batch: borrowing SampleBatch,
    sequence: UInt64,
    table: borrowing SeriesTable,
    definitions definitionsOut: inout [[UInt8]],
    payload: inout ByteBuffer
  ) -> Int64 {
    precondition(batch.count > 0 && batch.values.count == batch.count, "BUG: a batch of samples without as many values")
    let index = streamIndex(batch.stream)
    let isFirst = streams[index].lastSequence == 0
    let isReset = isFirst || streams[index].byteCountSinceReset > streams[index].resetByteCount * resetRatio
    if isReset {
      epochs += 1
      streams[index].epoch = epochs
      streams[index].list.removeAll(keepingCapacity: true)
      streams[index].references.removeAll(keepingCapacity: true)
    }
    payload.append(varint: UInt64(batch.stream))
    payload.append(varint: isReset ? 0 : sequence - streams[index].lastSequence)

    if !isReset, streams[index].references == batch.references {
      payload.append(0)
    } else {
      definitions.localIdentifiers(
        for: batch.references,
        stream: batch.stream,
        table: table,
        into: &list,
        definitions: &definitionsOut
      )
      while states.count < definitions.seriesCount { states.append(SeriesState()) }
      payload.append(1)
      ListEdits.encode(from: streams[index].list, to: list, positions: &positions, into: &payload)
      swap(&list, &streams[index].list)
      streams[index].references = batch.references
    }

    let lowest = encodeTimestamps(batch, into: &payload)
    let series = streams[index].list
    Self.encodeValues(
      batch.values,
      of: series,
      epoch: streams[index].epoch,
      states: &states,
      runs: &runs,
      changes: &changes
    )
    payload.append(varint: runs.count)
    payload.append(runs.span)
    payload.append(changes.span)

    streams[index].lastSequence = sequence
    if isReset {
      streams[index].resetByteCount = payload.count
      streams[index].byteCountSinceReset = 0
    } else {
      streams[index].byteCountSinceReset += payload.count
    }
    return lowest
  }

  /// Encodes `items` as one record of opaque items (5.5). Same parameters and result as for samples.
  public mutating func encode(
    items: [OpaqueItem],
    stream: UInt32,
    table: borrowing SeriesTable,
    definitions definitionsOut: inout [[UInt8]],
    payload: inout ByteBuffer
  ) -> Int64 {
    let lowest = items.map(\.timestamp).min() ?? 0
    definitions.localIdentifiers(
      for: items.compactMap(\.series),
      stream: stream,
      table: table,
      into: &list,
      definitions: &definitionsOut
    )
    while states.count < definitions.seriesCount { states.append(SeriesState()) }
    var next = 0
    payload.append(varint: items.count)
    for item in items {
      payload.append(varint: UInt64(item.kind.rawValue))
      if item.series == nil {
        payload.append(varint: 0 as UInt64)
      } else {
        payload.append(varint: UInt64(list[next]) + 1)
        next += 1
      }
      payload.append(zigzag: item.timestamp &- lowest)
      payload.append(varint: item.message.count)
      payload.append(item.message)
    }
    return lowest
  }

  private mutating func streamIndex(_ number: UInt32) -> Int {
    if let index = streamIndices[number] { return index }
    streams.append(Stream(number: number))
    streamIndices[number] = streams.count - 1
    return streams.count - 1
  }

  private func encodeTimestamps(_ batch: borrowing SampleBatch, into payload: inout ByteBuffer) -> Int64 {
    let times = batch.timestamps.span
    var lowest = times[0]
    var isUniform = true
    for index in times.indices where times[index] != lowest {
      isUniform = false
      lowest = min(lowest, times[index])
    }
    if isUniform {
      payload.append(0)
      return lowest
    }
    precondition(times.count == batch.count, "BUG: a batch needs one timestamp, or one for each sample")
    payload.append(1)
    var before = lowest
    var index = 0
    while index < times.count {
      let time = times[index]
      var end = index + 1
      while end < times.count, times[end] == time { end += 1 }
      payload.append(zigzag: time &- before)
      payload.append(varint: end - index)
      before = time
      index = end
    }
    return lowest
  }

  private static func encodeValues(
    _ values: [UInt64],
    of list: [UInt32],
    epoch: UInt32,
    states allStates: inout [SeriesState],
    runs: inout ByteBuffer,
    changes: inout ByteBuffer
  ) {
    runs.removeAll()
    changes.removeAll()
    let list = list.span
    let powersOfTen = Scale.powers
    let powers = powersOfTen.span
    let values = values.span
    var states = allStates.mutableSpan
    var unchanged = 0
    var changed = 0
    for index in list.indices {
      let series = Int(list[index])
      let bits = values[index]
      var state = states[series]
      if state.epoch != epoch { state = SeriesState(bits: 0, epoch: epoch, scale: .whole) }
      if state.bits == bits {
        if states[series].epoch != epoch { states[series] = state }
        if changed > 0 {
          runs.append(varint: unchanged)
          runs.append(varint: changed)
          unchanged = 0
          changed = 0
        }
        unchanged += 1
      } else {
        changed += 1
        encode(bits, &state, powers, into: &changes)
        states[series] = state
      }
    }
    if unchanged + changed > 0 {
      runs.append(varint: unchanged)
      runs.append(varint: changed)
    }
  }

  private static func encode(
    _ bits: UInt64,
    _ state: inout SeriesState,
    _ powers: Span<Double>,
    into changes: inout ByteBuffer
  ) {
    if let integer = state.scale.integer(bits, powers), let last = state.scale.integer(state.bits, powers) {
      if state.bits == 0, state.scale == .whole, let binary = Scale.binary(for: integer) {
        escape(bits, binary, &state, powers, into: &changes)
      } else {
        changes.append(zigzag: integer - last)
        state.bits = bits
      }
      return
    }
    let scale = Scale.best(for: bits, above: state.scale, powers)
    if scale == .raw, state.scale == .raw {
      let difference = bits ^ state.bits
      let leading = difference.leadingZeroBitCount / 8
      let trailing = difference.trailingZeroBitCount / 8
      changes.append(UInt8(1 + leading * 8 + trailing))
      var rest = difference >> UInt64(trailing * 8)
      for _ in 0..<(8 - leading - trailing) {
        changes.append(UInt8(truncatingIfNeeded: rest))
        rest >>= 8
      }
      state.bits = bits
    } else {
      escape(bits, scale, &state, powers, into: &changes)
    }
  }

  private static func escape(
    _ bits: UInt64,
    _ scale: Scale,
    _ state: inout SeriesState,
    _ powers: Span<Double>,
    into changes: inout ByteBuffer
  ) {
    changes.append(0)
    changes.append(scale.code)
    if let integer = scale.integer(bits, powers) {
      changes.append(zigzag: integer)
    } else {
      changes.append(littleEndian: bits)
    }
    state.bits = bits
    state.scale = scale
  }
}
