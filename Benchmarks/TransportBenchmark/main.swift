// TransportBenchmark URL [REQUESTS] [BYTES]: posts bodies one after another, on a connection that is kept, and prints what each cost this process.
import Glibc
import Synchronization
import Transport

func processorMicroseconds() -> Int {
  var usage = rusage()
  unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + $1.tv_sec * 1_000_000 + Int($1.tv_usec) }
}

/// Sends the next request from the completion of the last.
final class Run: Sendable {
  private let loop: NetworkLoop
  private let request: HTTPRequest
  private let left: Atomic<Int>
  private let problems = Atomic(0)
  private let ended = Mutex(false)

  init(_ loop: NetworkLoop, _ request: HTTPRequest, count: Int) {
    self.loop = loop
    self.request = request
    left = Atomic(count)
  }

  func wait() -> Int {
    next()
    while !ended.withLock({ $0 }) { usleep(1_000) }
    return problems.load(ordering: .relaxed)
  }

  private func next() {
    guard left.subtract(1, ordering: .relaxed).oldValue > 0 else { return ended.withLock { $0 = true } }
    loop.submit(request) { [self] result in
      if case .success(let answer) = result, answer.status < 300 {} else { problems.add(1, ordering: .relaxed) }
      next()
    }
  }
}

let arguments = CommandLine.arguments
guard arguments.count > 1 else {
  print("usage: TransportBenchmark URL [REQUESTS] [BYTES]")
  exit(2)
}
let count = arguments.count > 2 ? Int(arguments[2]) ?? 1_000 : 1_000
let byteCount = arguments.count > 3 ? Int(arguments[3]) ?? 20_000 : 20_000
let headers = [
  ("Content-Type", "application/x-protobuf"), ("Content-Encoding", "snappy"),
  ("X-Prometheus-Remote-Write-Version", "0.1.0"), ("User-Agent", "benchmark"),
]
let request = HTTPRequest(
  .post,
  arguments[1],
  headers: headers.map { (name: $0.0, value: $0.1) },
  body: (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31) }
)
let loop = try NetworkLoop()
_ = Run(loop, request, count: 100).wait()
let before = processorMicroseconds()
let problems = Run(loop, request, count: count).wait()
let spent = processorMicroseconds() - before
let each = Double(spent) / Double(count)
print("\(count) requests of \(byteCount) bytes, \(problems) failed: \(each) µs of processor time each")
