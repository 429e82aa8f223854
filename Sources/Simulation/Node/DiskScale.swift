import Model
import Samples
import Spool

/// How many bytes of a real disk one of a simulated disk stands for, and how large the queue and its segments are there.
///
/// A simulated sample takes relatively more than a real one: headers, definitions, parity and seals come with each record and
/// segment, however few samples are in them. So whole segments are written, as large and as old as they will be, and what a sample
/// then takes is held against what a real one takes, all in all.
struct DiskScale {
  private(set) var bytesPerByte: Double
  private(set) var byteCountMax: Int
  private(set) var segmentByteCount: Int

  /// Less and the spool's segments would hold hardly anything.
  private static let byteCountMin = 16 << 10
  /// The size of segments and what a sample takes in them depend on each other.
  private static let roundCount = 4

  /// - Parameter bytesPerSample: what a real sample takes on the disk.
  init(_ model: Configuration, _ scale: Scale, bytesPerSample: Double) {
    let interval = Int64(model[Settings.scrapeInterval].milliseconds)
    (bytesPerByte, byteCountMax, segmentByteCount) = (1, 0, 64 << 20)
    for _ in 0..<Self.roundCount {
      let simulated = Self.bytesPerSample(scale, segmentByteCount, interval: interval)
      bytesPerByte = bytesPerSample * scale.samplesPerGroup / simulated
      byteCountMax = max(Int(model.queueBytesMax / bytesPerByte), Self.byteCountMin)
      segmentByteCount = max(Int(model.segmentBytes / bytesPerByte), Self.byteCountMin / 8)
    }
  }

  private static let segmentCount = 3

  /// What a simulated sample takes on the simulated disk, by writing some segments of them.
  private static func bytesPerSample(_ scale: Scale, _ segmentByteCount: Int, interval: Int64) -> Double {
    let disk = SimulatedDisk()
    var table = SeriesTable(key: KeyedHash.Key(1, 2))
    var batch = SampleBatch(stream: 0)
    for series in 0..<scale.groupCount {
      let labels = [("__name__", WriteBody.metricPrefix + String(series)), (WriteBody.nodeLabel, "0")]
      batch.references.append(table.intern(LabelSet(labels)))
    }
    var configuration = SpoolConfiguration(byteCountMax: 1 << 40, destinations: [])
    configuration.segmentByteCountMax = segmentByteCount
    var (time, count) = (SimulatedTime.epoch, 0)
    do throws(SpoolError) {
      let spool = try Spool(disk, configuration)
      while true {
        batch.timestamps = [time]
        batch.values = (0..<scale.groupCount).map { SampleValues.bits(node: 0, series: $0, timestamp: time) }
        _ = try spool.append(batch)
        try spool.commit(table: table, now: time, synchronizing: true)
        // When a further segment begins, those before it are whole.
        if spool.status.segmentCount > segmentCount {
          return Double(disk.byteCount(ofFirst: segmentCount)) / Double(count)
        }
        time += interval
        count += scale.groupCount
      }
    } catch {
      preconditionFailure("BUG: a disk without faults said \(error)")
    }
  }
}
