import Glibc
import Samples
import Spool

/// Measures the path of a sample, step by step, on recorded scrapes (docs/performance-spool.md).
///
///     SpoolBenchmark DIRECTORY [--only parse|encode|decode|request|snappy|spool] [--rounds N]
///
/// DIRECTORY holds one target's expositions, a file each, in the order of their names.
@main struct SpoolBenchmark {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    func option(_ name: String) -> String? {
      guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
      defer { arguments.removeSubrange(index...index + 1) }
      return arguments[index + 1]
    }
    let only = option("--only")
    let rounds = option("--rounds").flatMap { Int($0) } ?? 7
    guard arguments.count == 1, rounds > 0 else { stop("usage: SpoolBenchmark DIRECTORY [--only STEP] [--rounds N]") }
    let bodies = Bodies.read(arguments[0])
    var run = Run(bodies: bodies, rounds: rounds, only: only)
    run.measure()
  }

  static func stop(_ message: String) -> Never {
    let line = Array((message + "\n").utf8)
    unsafe write(2, line, line.count)
    exit(2)
  }
}
