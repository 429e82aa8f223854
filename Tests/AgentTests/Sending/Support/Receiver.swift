import Agent
import Samples

/// One sample of one series, as far as tests tell them apart.
struct Key: Hashable, Comparable {
  let series: String
  let timestamp: Int64

  static func < (left: Key, right: Key) -> Bool {
    (left.timestamp, left.series) < (right.timestamp, right.series)
  }
}

/// A receiver that keeps what it gets, all of a request or nothing, as Prometheus does with remote write 1.0.
final class Receiver {
  /// What it does with a request.
  enum Plan {
    case store(latency: Int64)
    case answer(Int, headers: [(name: String, value: String)] = [], body: String = "", latency: Int64 = 1)
    /// No answer. Whether the request arrived is another matter.
    case fail(ExchangeFailure.Kind, stored: Bool, latency: Int64)
  }

  struct Arrival {
    let time: Int64
    let request: SendRequest
    let keys: [Key]
    let isStored: Bool
  }

  /// Milliseconds since 1970, less the world's monotonic clock.
  var clockOffset: Int64 = 0
  var sendsDate = true
  var plan: (SendRequest, [Key], Int64) -> Plan = { _, _, _ in .store(latency: 1) }
  private(set) var stored: [Key: UInt64] = [:]
  private(set) var duplicates = 0
  private(set) var arrivals: [Arrival] = []
  private(set) var violations: [String] = []
  private var newest: [String: Int64] = [:]
  private var histograms: [Key: [UInt8]] = [:]

  /// - Returns: the result, and after how many milliseconds the sender has it.
  func take(_ request: SendRequest, now: Int64) -> (SendResult, Int64) {
    let samples = read(request)
    if samples.count != request.sampleCount {
      violations.append("request \(request.id) has \(samples.count) samples and says \(request.sampleCount)")
    }
    let plan = plan(request, samples.map(\.key), now)
    var isStored = false
    var result: SendResult
    let latency: Int64
    switch plan {
    case .store(let time):
      isStored = true
      latency = time
      result = .answered(status: 204, headers: headers(now, written(request, samples.count)), body: [])
    case .answer(let status, let extra, let body, let time):
      latency = time
      result = .answered(status: status, headers: headers(now, extra), body: Array(body.utf8))
    case .fail(let kind, let arrives, let time):
      isStored = arrives
      latency = time
      result = .failed(ExchangeFailure(kind, "as planned"))
    }
    if isStored { store(samples, request) }
    arrivals.append(Arrival(time: now, request: request, keys: samples.map(\.key), isStored: isStored))
    return (result, latency)
  }

  /// Another process sends. With two lanes, what was on its way in one may come by the other now.
  func forgetOrder() { newest.removeAll() }

  private func headers(_ now: Int64, _ extra: [(name: String, value: String)]) -> [(name: String, value: String)] {
    guard sendsDate else { return extra }
    return extra + [(name: "Date", value: TestDate.text(now + clockOffset))]
  }

  private func written(_ request: SendRequest, _ count: Int) -> [(name: String, value: String)] {
    request.protocol == .v2 ? [(name: "X-Prometheus-Remote-Write-Samples-Written", value: "\(count)")] : []
  }

  private func store(_ samples: [(key: Key, bits: UInt64)], _ request: SendRequest) {
    for (key, bits) in samples {
      if let known = stored[key] {
        duplicates += 1
        if known != bits { violations.append("\(key) came with two values") }
        continue
      }
      stored[key] = bits
      let series = "\(request.lane) \(key.series)"
      if let last = newest[series], key.timestamp < last {
        violations.append("\(key) came after \(last) in lane \(request.lane)")
      }
      newest[series] = max(newest[series] ?? .min, key.timestamp)
    }
  }

  /// By the project's own decoder, which has tests of its own against other implementations.
  private func read(_ request: SendRequest) -> [(key: Key, bits: UInt64)] {
    var table = SeriesTable(key: KeyedHash.Key(3, 4))
    var decoder = RemoteWriteDecoder(key: KeyedHash.Key(5, 6), limits: RemoteWriteLimits())
    var batch = SampleBatch(stream: 0)
    do {
      let body = try SnappyBlock.decompress(request.body, byteCountMax: 64 << 20)
      switch request.protocol {
      case .v1: _ = try decoder.decodeVersion1(body.span, table: &table, into: &batch)
      case .v2: _ = try decoder.decodeVersion2(body.span, table: &table, into: &batch)
      }
    } catch {
      violations.append("request \(request.id) can't be read: \(error)")
    }
    var samples = batch.references.indices.map { index in
      (Key(series: text(table.labels(batch.references[index])), timestamp: batch.timestamp(index)), batch.values[index])
    }
    for item in batch.items where item.kind == .histogram {
      guard let series = item.series else { continue }
      let sum = item.message.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
      samples.append((Key(series: text(table.labels(series)), timestamp: item.timestamp), sum))
    }
    return samples
  }
}

func text(_ labels: [(name: [UInt8], value: [UInt8])]) -> String {
  labels.map { String(decoding: $0.name, as: UTF8.self) + "=" + String(decoding: $0.value, as: UTF8.self) }
    .joined(separator: ",")
}

/// Dates as servers write them.
enum TestDate {
  static func text(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1000
    var days = seconds / 86_400
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(days % 7)]
    var year: Int64 = 1970
    func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    while days >= (isLeap(year) ? 366 : 365) {
      days -= isLeap(year) ? 366 : 365
      year += 1
    }
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as [Int64]
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var month = 0
    while days >= lengths[month] {
      days -= lengths[month]
      month += 1
    }
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    return "\(weekday), \(two(days + 1)) \(names[month]) \(year) \(clock) GMT"
  }
}
