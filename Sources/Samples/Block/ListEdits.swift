/// The list of a record's series, told as changes to the stream's list before (docs/formats/spool.md, 5.2).
enum ListEdits {
  /// - Parameter positions: scratch, kept between calls; -1 everywhere outside of one.
  static func encode(from old: [UInt32], to new: [UInt32], positions: inout [Int32], into payload: inout ByteBuffer) {
    let highest = max(old.max() ?? 0, new.max() ?? 0)
    while positions.count <= Int(highest) { positions.append(-1) }
    for (position, series) in old.enumerated() { positions[Int(series)] = Int32(position) }

    var cursor = 0
    var nextInserted: Int64 = 0
    var index = 0
    while index < new.count {
      var copied = 0
      while index < new.count, cursor < old.count, old[cursor] == new[index] {
        copied += 1
        cursor += 1
        index += 1
      }
      payload.append(varint: copied)
      if index == new.count { break }

      // Series that the old list doesn't hold from here on are inserted, up to the next one that it does.
      let start = index
      var end = index
      while end < new.count, Int(positions[Int(new[end])]) < cursor { end += 1 }
      let target = end < new.count ? Int(positions[Int(new[end])]) : cursor
      payload.append(varint: target - cursor)
      cursor = target
      encodeRuns(new[start..<end], nextInserted: &nextInserted, into: &payload)
      index = end
    }
    for series in old { positions[Int(series)] = -1 }
  }

  private static func encodeRuns(
    _ series: ArraySlice<UInt32>,
    nextInserted: inout Int64,
    into payload: inout ByteBuffer
  ) {
    var count = 0
    var previous: UInt32?
    for entry in series {
      if previous.map({ entry != $0 &+ 1 }) ?? true { count += 1 }
      previous = entry
    }
    payload.append(varint: count)
    var index = series.startIndex
    while index < series.endIndex {
      let first = series[index]
      var end = index + 1
      while end < series.endIndex, series[end] == series[end - 1] &+ 1 { end += 1 }
      payload.append(zigzag: Int64(first) - nextInserted)
      payload.append(varint: end - index - 1)
      nextInserted = Int64(series[end - 1]) + 1
      index = end
    }
  }

  /// Reads edits into `new` until it holds `count` series.
  /// - Parameter limit: no series is numbered so high.
  static func decode(
    _ reader: inout ByteReader,
    from old: [UInt32],
    count: Int,
    limit: Int,
    into new: inout [UInt32]
  ) throws(ByteReader.Malformed) {
    new.removeAll(keepingCapacity: true)
    var cursor = 0
    var nextInserted: Int64 = 0
    while new.count < count {
      let copied = try reader.count(max: min(old.count - cursor, count - new.count))
      new.append(contentsOf: old[cursor..<cursor + copied])
      cursor += copied
      if new.count == count { return }
      let skipped = try reader.count(max: old.count - cursor)
      cursor += skipped
      let runs = try reader.count(max: count - new.count)
      // Each round has to get on, or a few bytes could keep a reader busy for ever.
      if copied == 0, skipped == 0, runs == 0 { throw ByteReader.Malformed() }
      for _ in 0..<runs {
        let (first, overflow) = nextInserted.addingReportingOverflow(try reader.zigzag())
        guard !overflow, first >= 0, first < Int64(limit), new.count < count else { throw ByteReader.Malformed() }
        let more = try reader.count(max: min(count - new.count - 1, limit - 1 - Int(first)))
        for series in UInt32(first)...UInt32(first) + UInt32(more) { new.append(series) }
        nextInserted = first + Int64(more) + 1
      }
    }
  }
}
