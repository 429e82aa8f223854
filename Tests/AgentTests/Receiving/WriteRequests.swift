import Agent
import Samples

/// Remote-write requests, put together field by field from the specifications' messages.
enum WriteRequests {
  typealias Labels = [(String, String)]

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, out) = (value, [UInt8]())
    while rest >= 0x80 {
      out.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    return out + [UInt8(rest)]
  }

  static func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
    [number << 3 | 2] + varint(UInt64(content.count)) + content
  }

  static func number(_ number: UInt8, _ value: Int64) -> [UInt8] {
    varint(UInt64(number) << 3) + varint(UInt64(bitPattern: value))
  }

  static func double(_ number: UInt8, _ bits: UInt64) -> [UInt8] {
    [number << 3 | 1] + (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64($0 * 8)) }
  }

  static func sample(_ value: Double, _ timestamp: Int64) -> [UInt8] { sample(bits: value.bitPattern, timestamp) }

  static func sample(bits: UInt64, _ timestamp: Int64) -> [UInt8] { double(1, bits) + number(2, timestamp) }

  /// A label of 1.0, as it stands in a TimeSeries and in an Exemplar.
  static func label(_ name: String, _ value: String) -> [UInt8] {
    field(1, field(1, bytes(name)) + field(2, bytes(value)))
  }

  /// A TimeSeries of 1.0 as a field of its request.
  static func series1(_ labels: Labels, samples: [[UInt8]], more: [UInt8] = []) -> [UInt8] {
    field(1, labels.flatMap { label($0.0, $0.1) } + samples.flatMap { field(2, $0) } + more)
  }

  /// A request of 2.0.
  struct Version2 {
    var symbols = [""]
    var series: [[UInt8]] = []

    mutating func reference(_ text: String) -> UInt64 {
      if let index = symbols.firstIndex(of: text) { return UInt64(index) }
      symbols.append(text)
      return UInt64(symbols.count - 1)
    }

    mutating func references(_ labels: Labels) -> [UInt8] {
      field(1, labels.flatMap { [reference($0.0), reference($0.1)] }.flatMap(varint))
    }

    mutating func add(_ labels: Labels, samples: [[UInt8]], more: [UInt8] = []) {
      series.append(references(labels) + samples.flatMap { field(2, $0) } + more)
    }

    var body: [UInt8] { symbols.flatMap { field(4, bytes($0)) } + series.flatMap { field(5, $0) } }
  }

  static let type1 = "application/x-protobuf"
  static let type2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request"
}

/// A receiver with a table of its own, and a clock that stands at `now`.
struct ReceiverHarness {
  static let now = Moment(monotonic: 0, wall: 1_724_000_000_000)
  var table: SeriesTable
  var receiver: WriteReceiver
  var now = Self.now

  init(limits: WriteLimits = WriteLimits()) {
    table = SeriesTable(key: KeyedHash.Key(1, 2))
    receiver = WriteReceiver(stream: 9, key: KeyedHash.Key(3, 4), limits: limits)
  }

  mutating func receive(raw body: [UInt8], type: String?, encoding: String? = "snappy") -> WriteReceiver.Received {
    let headers = ["content-type": type, "content-encoding": encoding]
    return receiver.receive(headers: { headers[$0] ?? nil }, body: body, table: &table, now: now)
  }

  mutating func receive(_ body: [UInt8], type: String?) -> WriteReceiver.Received {
    receive(raw: SnappyBlock.compress(body), type: type)
  }

  /// What the client is told if the spool takes what it is given; and what it is given.
  mutating func exchange(_ body: [UInt8], type: String?, outcome: WriteOutcome = .durable) -> (WriteAnswer, SampleBatch)
  {
    switch receive(body, type: type) {
    case .refused(let answer): (answer, SampleBatch(stream: 0))
    case .taken(let batch, let summary): (receiver.answer(for: summary, outcome: outcome), batch)
    }
  }
}

extension WriteAnswer {
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// Samples, histograms, exemplars.
  var written: [String?] {
    ["Samples", "Histograms", "Exemplars"].map { header("X-Prometheus-Remote-Write-\($0)-Written") }
  }
}
