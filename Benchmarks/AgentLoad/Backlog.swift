import Agent
import Glibc
import Samples
import Spool

/// A backlog on disk, as an outage would leave it, made in a minute: targets' scrapes one after the other, written by the agent's own spool.
///
/// Every value is another and random, so that a byte holds as few samples as it ever does.
struct Backlog: ~Copyable {
  private let spool: Spool
  private var table: SeriesTable
  private var scrapes: [SampleBatch] = []
  private var random = SeededGenerator(seed: 1)

  /// - Parameter byteCount: of the segments, in the end.
  static func write(_ directory: String, byteCount: Int, targets: Int, series: Int, intervalMilliseconds: Int64) {
    do {
      var backlog = try Backlog(directory, byteCount: byteCount, targets: targets, series: series)
      try backlog.fill(byteCount, intervalMilliseconds)
    } catch { AgentLoad.stop("\(error)") }
  }

  private init(_ directory: String, byteCount: Int, targets: Int, series: Int) throws(SpoolError) {
    let files: LocalFileSystem
    do throws(FileError) { files = try LocalFileSystem(path: directory) } catch { throw .unreadable(error) }
    spool = try Spool(files, SpoolConfiguration(byteCountMax: 4 * byteCount, destinations: ["central"]))
    table = SeriesTable(key: KeyedHash.Key(random.next(), random.next()))
    for target in 0..<targets {
      // Numbers of streams that a running agent hasn't given to its own targets.
      var scrape = SampleBatch(stream: UInt32(1000 + target))
      for number in 0..<series {
        scrape.references.append(
          table.intern(
            LabelSet([
              ("__name__", "backlog_\(number % 50)_total"), ("device", "d\(number / 50)"),
              ("instance", "backlog\(target)"),
              ("job", "bench"),
            ])
          )
        )
      }
      scrape.values = [UInt64](repeating: 0, count: series)
      scrapes.append(scrape)
    }
  }

  private mutating func fill(_ byteCount: Int, _ interval: Int64) throws(SpoolError) {
    let now = Self.now()
    let sampleCount = scrapes.reduce(0) { $0 + $1.references.count }
    // Eight bytes a sample, and as many more as it takes.
    var time = now - Int64(byteCount / (8 * sampleCount)) * interval
    while spool.status.byteCount < byteCount {
      for index in scrapes.indices {
        scrapes[index].timestamps = [min(time, now)]
        for place in scrapes[index].values.indices {
          // Between 2 and 4, with all digits that there are.
          scrapes[index].values[place] = 1 << 62 | random.next() >> 12
        }
        _ = try spool.append(scrapes[index])
      }
      try spool.commit(table: table, now: now, synchronizing: false)
      time += interval
    }
    try spool.close(table: table, now: now)
    let status = spool.status
    AgentLoad.say("\(status.byteCount) bytes, \(status.sampleCount) samples")
  }

  private static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
