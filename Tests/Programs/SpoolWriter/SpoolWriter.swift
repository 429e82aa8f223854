import Glibc
import Samples
import Spool

/// A process that does nothing but keep a spool, to be killed while it does.
///
///     SpoolWriter DIRECTORY [--commits N] [--series N] [--interval] [--settle] [--cap BYTES] [--policy oldest|newest|refuse]
///
/// Each commit is one record. Series n of record r has the value r * 1000 + n at r seconds. Once a record is durable, `r samples` is written to standard output;
/// with --interval that is every fourth commit, and with --settle some of them are delivered, too. Ends with the ledger.
@main struct SpoolWriter {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    func option(_ name: String, _ standard: Int) -> Int {
      guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return standard }
      defer { arguments.removeSubrange(index...index + 1) }
      return Int(arguments[index + 1]) ?? standard
    }
    func flag(_ name: String) -> Bool {
      guard let index = arguments.firstIndex(of: name) else { return false }
      arguments.remove(at: index)
      return true
    }
    let commits = option("--commits", .max)
    let seriesCount = option("--series", 20)
    let cap = option("--cap", 1 << 20)
    let isInterval = flag("--interval")
    let isSettling = flag("--settle")
    let overflow: SpoolConfiguration.Overflow =
      flag("--newest") ? .dropNewest : flag("--refuse") ? .refuse : .dropOldest
    guard arguments.count == 1 else { stop("usage: SpoolWriter DIRECTORY [flags]", 2) }
    do {
      let directory = try LocalFileSystem(path: arguments[0])
      let configuration = SpoolConfiguration(byteCountMax: cap, overflow: overflow, destinations: ["central"])
      let spool = try Spool(directory, configuration)
      var run = WriterRun(spool, seriesCount: seriesCount, isInterval: isInterval, isSettling: isSettling)
      run.run(commits: commits)
    } catch { stop("\(error)", 1) }
  }

  static func stop(_ message: String, _ status: Int32) -> Never {
    tell(2, message)
    exit(status)
  }

  static func tell(_ file: Int32, _ message: String) {
    let line = Array((message + "\n").utf8)
    _ = unsafe write(file, line, line.count)
  }
}
