import Samples

/// What arrived, scrape by scrape: read by the agent's own decoder, which takes either version of remote write.
struct Ledger {
  private struct Key: Hashable {
    let target: Int
    let timestamp: Int64
  }

  private struct Scrape {
    var distinct = 0
    var duplicates = 0
    var sum: UInt64 = 0
    var seen: [Bool] = []
  }

  private struct Series {
    /// Of the benchmark's own targets; nothing for what an agent writes about itself.
    let target: Int?
    let fingerprint: UInt64
    let ordinal: Int
  }

  private var table = SeriesTable(key: KeyedHash.Key(1, 2))
  private var decoder = RemoteWriteDecoder(
    key: KeyedHash.Key(1, 2),
    limits: RemoteWriteLimits(sampleCountMax: 1_000_000)
  )
  private var series: [Series] = []
  private var ordinals: [Int: Int] = [:]
  private var scrapes: [Key: Scrape] = [:]
  private var newest: [Int: Int64] = [:]
  private var requests = 0
  private var bodyByteCount = 0
  private var sampleCount = 0
  private var distinctCount = 0
  private var foreignCount = 0
  private var malformed = 0

  /// - Returns: whether it is a request that can be read.
  mutating func take(_ body: [UInt8], isVersion2: Bool) -> Int? {
    var batch = SampleBatch(stream: 0)
    do {
      let inflated = try SnappyBlock.decompress(body, byteCountMax: 256 << 20)
      _ =
        try isVersion2
        ? decoder.decodeVersion2(inflated.span, table: &table, into: &batch)
        : decoder.decodeVersion1(inflated.span, table: &table, into: &batch)
    } catch {
      malformed += 1
      return nil
    }
    requests += 1
    bodyByteCount += body.count
    for index in batch.references.indices {
      let one = describe(batch.references[index])
      guard let target = one.target, batch.values[index] != staleMarkerBits else {
        foreignCount += 1
        continue
      }
      sampleCount += 1
      let time = batch.timestamps.count == 1 ? batch.timestamps[0] : batch.timestamps[index]
      newest[target] = max(newest[target] ?? .min, time)
      note(one, batch.values[index], in: Key(target: target, timestamp: time))
    }
    return batch.references.count
  }

  /// Takes a request that was only counted.
  mutating func note(sampleCount count: Int?, byteCount: Int) {
    guard let count else {
      malformed += 1
      return
    }
    requests += 1
    bodyByteCount += byteCount
    sampleCount += count
    distinctCount += count
  }

  private mutating func note(_ one: Series, _ bits: UInt64, in key: Key) {
    var isNew = false
    // In place: the list of those seen is long.
    func update(_ scrape: inout Scrape) {
      while scrape.seen.count <= one.ordinal { scrape.seen.append(false) }
      isNew = !scrape.seen[one.ordinal]
      scrape.seen[one.ordinal] = true
      if isNew {
        scrape.distinct += 1
        scrape.sum &+= Fingerprint.sample(one.fingerprint, bits)
      } else {
        scrape.duplicates += 1
      }
    }
    update(&scrapes[key, default: Scrape()])
    if isNew { distinctCount += 1 }
  }

  private mutating func describe(_ reference: SeriesReference) -> Series {
    let index = Int(reference.rawValue)
    if index < series.count { return series[index] }
    // Numbers count up, as no series is ever forgotten here.
    while series.count <= index {
      let labels = table.labels(SeriesReference(rawValue: UInt32(series.count))).map {
        (name: String(decoding: $0.name, as: UTF8.self), value: String(decoding: $0.value, as: UTF8.self))
      }
      let target = labels.first { $0.name == "target" }.flatMap { Int($0.value.dropFirst()) }
      let ordinal = target.map { ordinals[$0, default: 0] } ?? 0
      if let target { ordinals[target] = ordinal + 1 }
      series.append(Series(target: target, fingerprint: Fingerprint.series(labels), ordinal: ordinal))
    }
    return series[index]
  }

  /// Figures on one line of JSON.
  var stats: String {
    let oldest = newest.values.min() ?? 0
    return """
      {"requests": \(requests), "bytes": \(bodyByteCount), "samples": \(sampleCount), "distinct": \(distinctCount), \
      "foreign": \(foreignCount), "malformed": \(malformed), "targets": \(newest.count), "oldest_newest": \(oldest)}
      """
  }

  /// Every scrape: target, timestamp, distinct samples, duplicates, sum.
  var listing: String {
    let rows = scrapes.map { key, scrape in
      "[\(key.target), \(key.timestamp), \(scrape.distinct), \(scrape.duplicates), \"\(scrape.sum)\"]"
    }
    return "[" + rows.joined(separator: ",\n") + "]"
  }
}
