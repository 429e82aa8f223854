import Glibc
import Samples
import Spool

struct Run {
  let bodies: [[UInt8]]
  let rounds: Int
  let only: String?
  private let key = KeyedHash.Key(0x1234, 0x5678)
  private let limits = ExpositionLimits(
    sampleCountMax: 10_000_000,
    labelCountMax: 100,
    labelNameByteCountMax: 1000,
    labelValueByteCountMax: 10_000
  )
  private static let intervalMilliseconds: Int64 = 15_000
  private static let requestSampleCount = 2000

  init(bodies: [[UInt8]], rounds: Int, only: String?) {
    self.bodies = bodies
    self.rounds = rounds
    self.only = only
  }

  private var table = SeriesTable(key: KeyedHash.Key(0x1234, 0x5678))
  private var batches: [SampleBatch] = []
  private var steadySamples: Int { batches.dropFirst().reduce(0) { $0 + $1.count } }

  mutating func measure() {
    parseAll(report: only == nil || only == "parse")
    if only == nil || only == "encode" || only == "decode" || only == "request" || only == "snappy" { codec() }
    if only == nil || only == "spool" { spool() }
  }

  private func report(_ step: String, _ nanoseconds: [Double], _ note: String = "") {
    let sorted = nanoseconds.sorted()
    print("\(step): \(decimal(sorted[sorted.count / 2])) ns/sample median, \(decimal(sorted[0])) least\(note)")
  }

  private func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  private static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }

  /// The first scrape fills the caches; the others are measured.
  private mutating func parseAll(report isReported: Bool) {
    var times: [Double] = []
    for _ in 0..<(isReported ? rounds : 1) {
      var cache = ScrapeCache(key: key)
      var fresh = SeriesTable(key: key)
      var parser = ExpositionParser(format: .text, limits: limits)
      batches = []
      var time = 0.0
      // One batch is used again and again, as an agent does it.
      var batch = SampleBatch(stream: 1)
      for (number, body) in bodies.enumerated() {
        batch.removeAll()
        let start = Self.now()
        do {
          _ = try parser.parse(
            body,
            defaultTimestamp: 1_724_000_000_000 + Int64(number) * Self.intervalMilliseconds,
            cache: &cache,
            into: &batch
          ) { .kept(fresh.intern($0)) }
        } catch { SpoolBenchmark.stop("scrape \(number): \(error)") }
        if number > 0 { time += Self.now() - start }
        batches.append(copy(batch))
      }
      times.append(time / Double(steadySamples))
      table = fresh
    }
    let byteCount = bodies.dropFirst().reduce(0) { $0 + $1.count }
    if isReported {
      report("parse", times, ", \(decimal(Double(byteCount) / Double(steadySamples))) text bytes/sample")
    }
  }

  private func copy(_ batch: SampleBatch) -> SampleBatch {
    var copy = SampleBatch(stream: batch.stream)
    copy.references = Array(batch.references[...])
    copy.values = Array(batch.values[...])
    copy.timestamps = Array(batch.timestamps[...])
    return copy
  }

  private func codec() {
    var encodeTimes: [Double] = []
    var decodeTimes: [Double] = []
    var requestTimes: [Double] = []
    var snappyTimes: [Double] = []
    var compressedTimes: [Double] = []
    var request2Times: [Double] = []
    var snappy2Times: [Double] = []
    var compressed2Times: [Double] = []
    var sizes = (definitions: 0, first: 0, steady: 0, steadyDefinitions: 0, request: 0, wire: 0, recurring: 0)
    var sizes2 = (request: 0, wire: 0, recurring: 0)
    let samples = Double(steadySamples)
    for _ in 0..<rounds {
      var encoder = SegmentEncoder()
      var records: [(definitions: [[UInt8]], payload: [UInt8], lowest: Int64)] = []
      var definitions: [[UInt8]] = []
      var payload = ByteBuffer()
      sizes = (0, 0, 0, 0, 0, 0, 0)
      sizes2 = (0, 0, 0)
      var time = 0.0
      for (number, batch) in batches.enumerated() {
        definitions = []
        payload.removeAll()
        let start = Self.now()
        let lowest = encoder.encode(
          batch,
          sequence: UInt64(number + 1),
          table: table,
          definitions: &definitions,
          payload: &payload
        )
        if number > 0 { time += Self.now() - start }
        records.append((definitions, payload.array, lowest))
        if number == 0 {
          sizes.definitions = definitions.reduce(0) { $0 + $1.count }
          sizes.first = payload.count
        } else {
          sizes.steady += payload.count
          sizes.steadyDefinitions += definitions.reduce(0) { $0 + $1.count }
        }
      }
      encodeTimes.append(time / samples)
      if only == "encode" { continue }

      var decoder = SegmentDecoder()
      var record = DecodedRecord()
      var request = RemoteWriteEncoder()
      var compressed = CompressedRequest()
      var block = ByteBuffer()
      var request2 = RemoteWrite2Encoder()
      var compressed2 = CompressedRequest2(RecurringTexts())
      var (decodeTime, requestTime, snappyTime) = (0.0, 0.0, 0.0)
      var (request2Time, snappy2Time, compressedTime, compressed2Time) = (0.0, 0.0, 0.0, 0.0)
      for (number, encoded) in records.enumerated() {
        let start = Self.now()
        do {
          for definition in encoded.definitions { try decoder.define(definition.span) }
          try decoder.decode(
            encoded.payload.span,
            sequence: UInt64(number + 1),
            sampleCount: batches[number].count,
            lowestTimestamp: encoded.lowest,
            into: &record
          )
        } catch { SpoolBenchmark.stop("record \(number): \(error)") }
        guard record.values == batches[number].values else { SpoolBenchmark.stop("record \(number): other values") }
        if number == 0 { continue }
        decodeTime += Self.now() - start
        if only == "decode" { continue }
        for first in stride(from: 0, to: record.values.count, by: Self.requestSampleCount) {
          let range = first..<min(first + Self.requestSampleCount, record.values.count)
          let start = Self.now()
          request.removeAll()
          request.append(record, range, dictionary: decoder.dictionary)
          requestTime += Self.now() - start
          sizes.request += request.byteCount
          if only == "request" { continue }
          let bytes = request.bytes.array
          let middle = Self.now()
          sizes.wire += SnappyBlock.compress(bytes).count
          snappyTime += Self.now() - middle

          let start1 = Self.now()
          compressed.append(record, range, dictionary: decoder.dictionary)
          compressed.finish(into: &block)
          compressedTime += Self.now() - start1
          sizes.recurring += block.count

          let start2 = Self.now()
          request2.append(record, range, dictionary: decoder.dictionary)
          let bytes2 = request2.finish()
          request2Time += Self.now() - start2
          sizes2.request += bytes2.count
          let middle2 = Self.now()
          sizes2.wire += SnappyBlock.compress(bytes2).count
          snappy2Time += Self.now() - middle2

          let start3 = Self.now()
          compressed2.append(record, range, dictionary: decoder.dictionary)
          compressed2.finish(into: &block)
          compressed2Time += Self.now() - start3
          sizes2.recurring += block.count
        }
      }
      decodeTimes.append(decodeTime / samples)
      requestTimes.append(requestTime / samples)
      snappyTimes.append(snappyTime / samples)
      compressedTimes.append(compressedTime / samples)
      request2Times.append(request2Time / samples)
      snappy2Times.append(snappy2Time / samples)
      compressed2Times.append(compressed2Time / samples)
    }
    print(
      "first scrape: \(decimal(Double(sizes.definitions) / Double(batches[0].count))) definition bytes/series, \(decimal(Double(sizes.first) / Double(batches[0].count))) payload bytes/sample"
    )
    report(
      "encode",
      encodeTimes,
      ", \(decimal(Double(sizes.steady) / samples)) payload + \(decimal(Double(sizes.steadyDefinitions) / samples)) definition bytes/sample"
    )
    if only == "encode" { return }
    report("decode", decodeTimes)
    if only == "decode" { return }
    report("request", requestTimes, ", \(decimal(Double(sizes.request) / samples)) bytes/sample")
    if only == "request" { return }
    report("snappy", snappyTimes, ", \(decimal(Double(sizes.wire) / samples)) bytes/sample")
    report("both, recurring", compressedTimes, ", \(decimal(Double(sizes.recurring) / samples)) bytes/sample")
    report("request 2.0", request2Times, ", \(decimal(Double(sizes2.request) / samples)) bytes/sample")
    report("snappy 2.0", snappy2Times, ", \(decimal(Double(sizes2.wire) / samples)) bytes/sample")
    report("both 2.0, recurring", compressed2Times, ", \(decimal(Double(sizes2.recurring) / samples)) bytes/sample")
  }

  /// The whole of it, against a directory of this machine, with a sync for each scrape.
  private func spool() {
    var template = Array("/tmp/spool-benchmark-XXXXXX".utf8CString)
    guard unsafe template.withUnsafeMutableBufferPointer({ unsafe mkdtemp($0.baseAddress!) }) != nil else {
      SpoolBenchmark.stop("no directory for the spool")
    }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    do {
      let directory = try LocalFileSystem(path: path)
      let spool = try Spool(directory, SpoolConfiguration(byteCountMax: 1 << 30, destinations: ["central"]))
      let start = Self.now()
      var first = 0
      var appendTime = 0.0
      for (number, batch) in batches.enumerated() {
        let begin = Self.now()
        _ = try spool.append(batch)
        try spool.commit(table: table, now: Int64(number) * Self.intervalMilliseconds, synchronizing: true)
        appendTime += Self.now() - begin
        if number == 0 { first = spool.status.byteCount }
      }
      let written = Self.now()
      var reader = spool.makeReader("central")!
      var record = DecodedRecord()
      var count = 0
      while case .record(let range) = spool.read(&reader, for: "central", into: &record) {
        count += Int(range.sampleCount)
        try spool.settle(range, for: "central", Outcome(delivered: range.sampleCount))
      }
      let read = Self.now()
      let total = Double(batches.reduce(0) { $0 + $1.count })
      print(
        "spool: \(decimal(Double(spool.status.byteCount - first) / Double(steadySamples))) bytes/sample on disk after the first scrape, parity and headers included"
      )
      print(
        "spool: \(decimal((written - start) / total)) ns/sample to append with a sync each scrape, \(decimal((read - written) / Double(count))) to read and settle"
      )
      try spool.close(table: table, now: 0)
      for entry in try directory.list() { try directory.remove(entry.name) }
    } catch { SpoolBenchmark.stop("\(error)") }
    unsafe rmdir(path)
  }
}
