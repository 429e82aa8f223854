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

  init(_ model: Configuration, _ scale: Scale, _ disk: DiskScale, node: Int) throws(Diagnostics) {
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
    diskBytesPerByte = disk.bytesPerByte
    var spool = configuration.spool
    spool.byteCountMax = disk.byteCountMax
    spool.segmentByteCountMax = disk.segmentByteCount
    spool.pendingSampleCountMax = max(
      Int(Double(spool.pendingSampleCountMax) / scale.samplesPerGroup),
      scale.groupCount
    )
    self.spool = spool
  }
}

extension Node {
  /// An empty document.
  static var nothing: Node { Node(.scalar("", isPlain: true), at: Location(file: "", line: 1, column: 1)) }
}
