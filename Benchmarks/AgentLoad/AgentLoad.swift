import Glibc
import Synchronization

/// The two ends of a benchmark of agents (Benchmarks/agent.py): targets to scrape, and a receiver that keeps account.
///
///     AgentLoad export TARGETS SERIES     GET /t/0/metrics …, /scrapes
///     AgentLoad backlog BYTES TARGETS SERIES SECONDS DIRECTORY    writes a queue; SECONDS between scrapes
///     AgentLoad sink [count]              POST /api/v1/write; and on the second port GET /stats, /scrapes, /mode/MODE, /rate/BYTES
///
/// With `count` the receiver only counts samples, and has no account of them: it costs an eighth of what keeping one does.
///
/// Prints its ports. Modes: ok, refuse, reset, hang, or the status to answer with.
@main struct AgentLoad {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let command = arguments.isEmpty ? "" : arguments.removeFirst()
    let numbers = arguments.compactMap { Int($0) }
    switch (command, numbers.count) {
    case ("export", 2): Exporter.run(targets: numbers[0], series: numbers[1])
    case ("backlog", 4):
      Backlog.write(
        arguments.last ?? "",
        byteCount: numbers[0],
        targets: numbers[1],
        series: numbers[2],
        intervalMilliseconds: Int64(numbers[3]) * 1000
      )
      return
    case ("sink", 0): Sink.run(keepsAccount: !arguments.contains("count"))
    default:
      stop("usage: AgentLoad export TARGETS SERIES | backlog BYTES TARGETS SERIES SECONDS DIRECTORY | sink [count]")
    }
    while true { pause() }
  }

  static func say(_ text: String) {
    let line = Array((text + "\n").utf8)
    unsafe write(1, line, line.count)
  }

  static func stop(_ message: String) -> Never {
    let line = Array((message + "\n").utf8)
    unsafe write(2, line, line.count)
    exit(2)
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs something on a thread of its own.
  static func detach(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let argument = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
    let status = unsafe pthread_create(
      &thread,
      nil,
      { argument in
        if let argument = unsafe argument { unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      },
      argument
    )
    guard status == 0 else { stop("no thread") }
    pthread_detach(thread)
  }
}
