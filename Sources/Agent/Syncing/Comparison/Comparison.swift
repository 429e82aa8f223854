/// What was delivered, as the witnesses see it, against what the centre has.
struct Comparison {
  private struct Source: Hashable {
    let segment: UInt64
    let stream: UInt32
  }

  private struct Delivered {
    var counts = RangeCounts()
    /// Where the series was collected.
    var sources: [Source] = []

    mutating func add(_ more: RangeCounts, _ source: Source) {
      counts.add(more)
      sources.append(source)
    }
  }

  /// Of each witness, by its number; nothing in it of those that this comparison doesn't know.
  private var delivered: [Delivered] = []
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
          while delivered.count <= number { delivered.append(Delivered()) }
          delivered[number].add(counts, source)
        }
      }
    }
    for number in delivered.indices { delivered[number].counts.sort() }
  }

  /// Their numbers.
  var witnesses: [Int] { delivered.indices.filter { !delivered[$0].sources.isEmpty } }

  /// First and last range that hold anything.
  var ranges: ClosedRange<Int64>? {
    var (first, last) = (Int64.max, Int64.min)
    for witness in delivered {
      first = min(first, witness.counts.entries.first?.range ?? .max)
      last = max(last, witness.counts.entries.last?.range ?? .min)
    }
    return first <= last ? first...last : nil
  }

  /// What the centre lacks of the witnesses asked for.
  func lacks(_ inquiry: Inquiry) -> [Lack: LackCount] {
    var lacks: [Lack: LackCount] = [:]
    for witness in inquiry.witnesses {
      guard delivered.indices.contains(witness) else { continue }
      let found = inquiry.answers[witness]?.entries ?? []
      var place = 0
      for entry in delivered[witness].counts.entries where inquiry.ranges.contains(entry.range) {
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
    guard delivered.indices.contains(lack.witness) else { return [] }
    return delivered[lack.witness].sources.filter { samples[$0]?[lack.range] != nil }
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
