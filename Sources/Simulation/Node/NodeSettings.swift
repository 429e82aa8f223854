import Agent
import Model
import Samples
import Spool

/// What a simulated node runs with: the model's own settings, divided by what a simulated sample stands for.
struct NodeSettings {
  let configuration: AgentConfiguration
  var spool: SpoolConfiguration
  /// Bytes on a real disk for one on the simulated.
  let diskBytesPerByte: Double

  /// - Parameter bytesPerSample: what a real sample takes on the disk.
  init(_ model: Configuration, _ scale: Scale, node: Int, bytesPerSample: Double) throws(Diagnostics) {
    var scaled = model.setting(Settings.collector.info.path, to: Collector.prometheus.scalar)
      .setting(Settings.maxSamplesPerSend.info.path, to: .integer(scale.samplesPerRequest))
      .setting(Settings.remoteWriteProtocol.info.path, to: RemoteWriteProtocol.v1.scalar)
    let drainRate = Double(model[Settings.drainRate]) / scale.samplesPerGroup
    scaled = scaled.setting(Settings.drainRate.info.path, to: .integer(max(Int(drainRate.rounded()), 1)))
    configuration = try AgentConfiguration(
      scaled,
      node: "node-\(node)",
      DiscoveryEnvironment(node: "node-\(node)", seed: UInt64(node), readYAML: { _ in .success(Node.nothing) })
    )
    let simulated = Self.bytesPerSample(scale, node, interval: configuration.scrapeIntervalMilliseconds)
    diskBytesPerByte = bytesPerSample * scale.samplesPerGroup / simulated
    var spool = configuration.spool
    spool.byteCountMax = max(Int(Double(spool.byteCountMax) / diskBytesPerByte), Self.byteCountMin)
    spool.pendingSampleCountMax = max(
      Int(Double(spool.pendingSampleCountMax) / scale.samplesPerGroup),
      scale.groupCount
    )
    self.spool = spool
  }

  /// Less and the spool's segments would hold hardly anything.
  private static let byteCountMin = 16 << 10
  private static let calibrationCount = 512

  /// What a simulated sample takes on the simulated disk, by writing some.
  private static func bytesPerSample(_ scale: Scale, _ node: Int, interval: Int64) -> Double {
    let disk = SimulatedDisk()
    var table = SeriesTable(key: KeyedHash.Key(1, 2))
    var batch = SampleBatch(stream: 0)
    for series in 0..<scale.groupCount {
      let labels = [("__name__", WriteBody.metricPrefix + String(series)), (WriteBody.nodeLabel, String(node))]
      batch.references.append(table.intern(LabelSet(labels)))
    }
    do throws(SpoolError) {
      let spool = try Spool(disk, SpoolConfiguration(byteCountMax: 1 << 40, destinations: []))
      for moment in 0..<calibrationCount {
        let time = SimulatedTime.epoch + Int64(moment) * interval
        batch.timestamps = [time]
        batch.values = (0..<scale.groupCount).map { SampleValues.bits(node: node, series: $0, timestamp: time) }
        _ = try spool.append(batch)
        try spool.commit(table: table, now: SimulatedTime.epoch, synchronizing: false)
      }
    } catch {
      preconditionFailure("BUG: a disk without faults said \(error)")
    }
    return Double(disk.growingByteCount) / Double(calibrationCount * scale.groupCount)
  }
}

extension Node {
  /// An empty document.
  static var nothing: Node { Node(.scalar("", isPlain: true), at: Location(file: "", line: 1, column: 1)) }
}
