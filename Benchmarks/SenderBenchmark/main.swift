import Agent
import Glibc
import Samples
import Spool

func cpu() -> Double {
  var usage = rusage()
  getrusage(RUSAGE_SELF, &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

let directory = CommandLine.arguments[1]
let maxPerSend = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2])! : 1000
let version: RemoteWriteVersion = CommandLine.arguments.count > 3 && CommandLine.arguments[3] == "2" ? .v2 : .v1
let fileSystem = try LocalFileSystem(directory)
let spool = try Spool(fileSystem, SpoolConfiguration(byteCountMax: 4 << 30, destinations: ["central"]))
var table = SeriesTable(key: KeyedHash.Key(1, 2))
var random = SeededGenerator(seed: 1)
var batches: [SampleBatch] = []
for target in 0..<20 {
  var batch = SampleBatch(stream: UInt32(target))
  for number in 0..<1000 {
    batch.references.append(
      table.intern(
        LabelSet([
          ("__name__", "node_metric_number_\(number % 200)"), ("instance", "10.0.0.\(target):9100"),
          ("job", "node"), ("device", "disk\(number / 200)"), ("cluster", "prod"),
        ])
      )
    )
    batch.values.append(Double(number).bitPattern)
  }
  batches.append(batch)
}
var wall: Int64 = 1_750_000_000_000
var mono: Int64 = 1000
var configuration = SenderConfiguration(destination: "central", drainRate: 10_000_000, protocol: version)
configuration.maxSamplesPerSend = maxPerSend
let sender = Sender(configuration, seed: 1, spool: spool, now: Moment(monotonic: mono, wall: wall))
var requests = 0
var bytes = 0
func drive() {
  var again = true
  while again {
    again = false
    for action in sender.step(spool, now: Moment(monotonic: mono, wall: wall)) {
      if case .send(let request) = action {
        requests += 1
        bytes += request.body.count
        sender.finish(request.id, .answered(status: 204, headers: [(name: "X-Prometheus-Remote-Write-Samples-Written", value: "\(request.sampleCount)")], body: []), spool, now: Moment(monotonic: mono, wall: wall))
        again = true
      }
    }
  }
}
func collect() throws {
  for index in batches.indices {
    for sample in stride(from: 0, to: 1000, by: 3) {
      batches[index].values[sample] = (Double(bitPattern: batches[index].values[sample]) + Double(random.next() % 100)).bitPattern
    }
    batches[index].timestamps = [wall]
    _ = try spool.append(batches[index])
  }
  try spool.commit(table: table, now: wall, synchronizing: false)
}
var appendTime = 0.0
var sendTime = 0.0
for _ in 0..<300 {
  wall += 15_000; mono += 15_000
  let start = cpu()
  try collect()
  appendTime += cpu() - start
  let middle = cpu()
  drive()
  sendTime += cpu() - middle
}
print("live: \(sendTime / 6e6 * 1e9) ns a sample (append \(appendTime / 6e6 * 1e9)), \(requests) requests, \(Double(bytes) / 6e6) bytes a sample")
// A backlog: nothing is sent while 6 million are collected.
for _ in 0..<300 { wall += 15_000; mono += 15_000; try collect() }
let queued = spool.ledger("central")!.queued
requests = 0
let start = cpu()
var rounds = 0
while spool.ledger("central")!.queued > 0 && rounds < 100_000 { mono += 5; wall += 5; drive(); rounds += 1 }
let took = cpu() - start
print("backlog: \(took / Double(queued) * 1e9) ns a sample, \(Double(queued) / took) samples/s, \(requests) requests, rounds \(rounds), left \(spool.ledger("central")!.queued)")
