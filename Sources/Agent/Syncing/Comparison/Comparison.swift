/// What was delivered, as the witnesses see it, against what the centre has.
struct Comparison {
  private struct Source: Hashable {
    let segment: UInt64
    let stream: UInt32
  }

  /// Of each witness, by its number.
  private(set) var delivered: [Int: RangeCounts] = [:]
  /// Where the series of a witness was collected.
  private var sources: [Int: [Source]] = [:]
  private var samples: [Source: RangeCounts] = [:]
  private(set) var unwitnessed: UInt64 = 0
  private(set) var streamCount = 0

  init(_ survey: Survey, _ table: inout WitnessTable) {
    for segment in survey.segments {
      unwitnessed += segment.unwitnessed
      streamCount = max(streamCount, segment.streams.count)
      for (stream, part) in segment.streams {
        let source = Source(segment: segment.segment, stream: stream)
        samples[source] = part.samples
        for (witness, counts) in part.witnesses {
          let number = table.number(of: witness)
          delivered[number, default: RangeCounts()].add(counts)
          sources[number, default: []].append(source)
        }
      }
    }
    for number in delivered.keys { delivered[number]?.sort() }
  }

  /// First and last range that hold anything.
  var ranges: ClosedRange<Int64>? {
    var (first, last) = (Int64.max, Int64.min)
    for counts in delivered.values {
      first = min(first, counts.entries.first?.range ?? .max)
      last = max(last, counts.entries.last?.range ?? .min)
    }
    return first <= last ? first...last : nil
  }

  /// What the centre lacks of the witnesses asked for.
  func lacks(_ inquiry: Inquiry) -> [Lack: LackCount] {
    var lacks: [Lack: LackCount] = [:]
    for witness in inquiry.witnesses {
      guard let counts = delivered[witness] else { continue }
      let found = inquiry.answers[witness]?.entries ?? []
      var place = 0
      for entry in counts.entries where inquiry.ranges.contains(entry.range) {
        while place < found.count, found[place].range < entry.range { place += 1 }
        let there = place < found.count && found[place].range == entry.range ? found[place].count : 0
        if there < entry.count {
          lacks[Lack(witness: witness, range: entry.range)] = LackCount(delivered: entry.count, found: there)
        }
      }
    }
    return lacks
  }

  /// What a witness stands for in a range.
  func held(_ lack: Lack) -> [HeldRange] {
    (sources[lack.witness] ?? []).filter { samples[$0]?[lack.range] != nil }
      .map { HeldRange(segment: $0.segment, stream: $0.stream, range: lack.range) }
  }

  /// All that lies behind a range.
  func held(after range: Int64) -> [HeldRange] {
    samples.flatMap { source, counts in
      counts.entries.reversed().prefix { $0.range > range }
        .map { HeldRange(segment: source.segment, stream: source.stream, range: $0.range) }
    }
  }

  func sampleCount(_ held: HeldRange) -> UInt64 {
    UInt64(samples[Source(segment: held.segment, stream: held.stream)]?[held.range] ?? 0)
  }

  func sampleCount(_ ranges: some Sequence<HeldRange>) -> UInt64 { ranges.reduce(0) { $0 + sampleCount($1) } }

  /// Of all ranges up to one.
  func sampleCount(upTo last: Int64) -> UInt64 {
    samples.values.reduce(0) { sum, counts in
      counts.entries.reduce(sum) { $0 + ($1.range <= last ? UInt64($1.count) : 0) }
    }
  }
}
