/// What was delivered, as the witnesses see it, against what the centre has.
struct Comparison {
  private struct Source: Hashable {
    let segment: UInt64
    let stream: UInt32
  }

  /// Of each witness, by its number.
  private(set) var delivered: [Int: [Int64: Int]] = [:]
  /// Where the series of a witness was collected.
  private var sources: [Int: [Source]] = [:]
  private(set) var samples: [HeldRange: UInt64] = [:]
  private(set) var unwitnessed: UInt64 = 0
  private(set) var streamCount = 0

  init(_ survey: Survey, _ table: inout WitnessTable) {
    for segment in survey.segments {
      unwitnessed += segment.unwitnessed
      streamCount = max(streamCount, segment.streams.count)
      for (stream, part) in segment.streams {
        for (range, count) in part.samples {
          samples[HeldRange(segment: segment.segment, stream: stream, range: range)] = count
        }
        for (witness, counts) in part.witnesses {
          let number = table.number(of: witness)
          delivered[number, default: [:]].merge(counts, uniquingKeysWith: +)
          sources[number, default: []].append(Source(segment: segment.segment, stream: stream))
        }
      }
    }
  }

  /// First and last range that hold anything.
  var ranges: ClosedRange<Int64>? {
    var (first, last) = (Int64.max, Int64.min)
    for counts in delivered.values {
      for range in counts.keys { (first, last) = (min(first, range), max(last, range)) }
    }
    return first <= last ? first...last : nil
  }

  /// What the centre lacks of the witnesses asked for.
  func lacks(_ inquiry: Inquiry) -> [Lack: LackCount] {
    var lacks: [Lack: LackCount] = [:]
    for witness in inquiry.witnesses {
      let found = inquiry.answers[witness] ?? [:]
      for (range, count) in delivered[witness] ?? [:] where inquiry.ranges.contains(range) {
        let there = found[range] ?? 0
        if there < count { lacks[Lack(witness: witness, range: range)] = LackCount(delivered: count, found: there) }
      }
    }
    return lacks
  }

  /// What a witness stands for in a range.
  func held(_ lack: Lack) -> [HeldRange] {
    (sources[lack.witness] ?? []).map { HeldRange(segment: $0.segment, stream: $0.stream, range: lack.range) }
      .filter { samples[$0] != nil }
  }

  func sampleCount(_ ranges: some Sequence<HeldRange>) -> UInt64 { ranges.reduce(0) { $0 + (samples[$1] ?? 0) } }

  /// Of all ranges up to one.
  func sampleCount(upTo last: Int64) -> UInt64 { samples.reduce(0) { $0 + ($1.key.range <= last ? $1.value : 0) } }
}
