import Agent
import Glibc
import Samples
import Spool

/// What a sender costs without a network: the receiver is one that says 204 at once. Prints CPU time a sample, live and from a backlog.
///
///     SenderBenchmark DIRECTORY [SAMPLES-PER-SEND [1|2]]
struct SenderBenchmark {
  private static let targets = 20
  private static let seriesPerTarget = 1000
  private static let scrapes = 300

  private let spool: Spool
  private let sender: Sender
  private var table = SeriesTable(key: KeyedHash.Key(1, 2))
  private var random = SeededGenerator(seed: 1)
  private var batches: [SampleBatch] = []
  private var now = Moment(monotonic: 1000, wall: 1_750_000_000_000)
  private var requests = 0
  private var byteCount = 0

  init(_ directory: String, samplesPerSend: Int, version: RemoteWriteVersion) throws {
    spool = try Spool(
      try LocalFileSystem(path: directory),
      SpoolConfiguration(byteCountMax: 4 << 30, destinations: ["central"])
    )
    var configuration = SenderConfiguration(destination: "central", drainRate: 10_000_000, protocol: version)
    configuration.maxSamplesPerSend = samplesPerSend
    sender = Sender(configuration, seed: 1, spool: spool, now: now)
    for target in 0..<Self.targets {
      var batch = SampleBatch(stream: UInt32(target))
      for number in 0..<Self.seriesPerTarget {
        let labels = LabelSet([
          ("__name__", "node_metric_number_\(number % 200)"), ("cluster", "prod"), ("device", "disk\(number / 200)"),
          ("instance", "10.0.0.\(target):9100"), ("job", "node"),
        ])
        batch.references.append(table.intern(labels))
        batch.values.append(Double(number).bitPattern)
      }
      batches.append(batch)
    }
  }

  /// Seconds of this process.
  private static var cpu: Double {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(0), &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  private mutating func collect() throws {
    now.wall += 15_000
    now.monotonic += 15_000
    for index in batches.indices {
      for sample in stride(from: 0, to: Self.seriesPerTarget, by: 3) {
        let value = Double(bitPattern: batches[index].values[sample]) + Double(random.next() % 100)
        batches[index].values[sample] = value.bitPattern
      }
      batches[index].timestamps = [now.wall]
      _ = try spool.append(batches[index])
    }
    try spool.commit(table: table, now: now.wall, synchronizing: false)
  }

  private mutating func send() {
    var isBusy = true
    while isBusy {
      isBusy = false
      for case .send(let request) in sender.step(spool, now: now) {
        requests += 1
        byteCount += request.body.count
        isBusy = true
        let written = (name: "x-prometheus-remote-write-samples-written", value: "\(request.sampleCount)")
        sender.finish(request.id, .answered(status: 204, headers: [written], body: []), spool, now: now)
      }
    }
  }

  mutating func run() throws {
    let samples = Double(Self.targets * Self.seriesPerTarget * Self.scrapes)
    var seconds = 0.0
    for _ in 0..<Self.scrapes {
      try collect()
      let start = Self.cpu
      send()
      seconds += Self.cpu - start
    }
    print(
      "live     \(Int(seconds / samples * 1e9)) ns a sample, \(requests) requests, \(Double(byteCount) / samples) bytes a sample"
    )
    for _ in 0..<Self.scrapes { try collect() }
    requests = 0
    let start = Self.cpu
    while let queued = spool.ledger("central")?.queued, queued > 0 {
      now.monotonic += 1
      now.wall += 1
      send()
    }
    seconds = Self.cpu - start
    print(
      "backlog  \(Int(seconds / samples * 1e9)) ns a sample, \(Int(samples / seconds)) samples a second, \(requests) requests"
    )
  }
}

let arguments = CommandLine.arguments
var benchmark = try SenderBenchmark(
  arguments[1],
  samplesPerSend: arguments.count > 2 ? Int(arguments[2]) ?? 1000 : 1000,
  version: arguments.count > 3 && arguments[3] == "2" ? .v2 : .v1
)
try benchmark.run()
