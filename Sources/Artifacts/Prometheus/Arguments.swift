public import Document
import Model

/// The command line of Prometheus in the agent's pod, for the chosen release; empty where there is none.
public func prometheusArguments<S: Scope>(_ scope: S) -> [Text<S.H>] {
  let collector = scope[Settings.collector]
  guard collector.hasPrometheus else { return [] }
  // 3.0 took the feature flag away and would run a full server; 2.x doesn't know the new one.
  let agentMode = scope[Settings.prometheusVersion] < PrometheusVersion(3, 0) ? "--enable-feature=agent" : "--agent"
  let listen = collector == .prometheus ? "127.0.0.1:9091" : "0.0.0.0:9090"
  let period = truncationPeriod(scope)
  return [
    Text(agentMode),
    "--config.file=\(Agreed.prometheusConfigDirectory)/\(Agreed.prometheusConfigFile)",
    "--web.listen-address=\(listen)",
    "--storage.agent.path=\(Agreed.prometheusData)",
    "--storage.agent.wal-truncate-frequency=\(period)",
    "--storage.agent.retention.max-time=\(period)",
  ]
}

/// How often the log loses its older two thirds, sent or not. Half of this is what a partition may last at worst.
///
/// The flag is hidden and in every release from 2.32 to 3.14.
private func truncationPeriod<S: Scope>(_ scope: S) -> Text<S.H> {
  // Beside rescfg the log only bridges a restart of its container, and shares its disk.
  guard scope[Settings.collector] == .prometheusOnly else { return "30m" }
  let forSurvival = scope.seconds(Settings.survive) * .known(2)
  // The log holds up to one and a half periods, at 22 bytes a sample as measured; two leave room for a checkpoint.
  let secondsPerByteAndSeries = scope.seconds(Settings.scrapeInterval) / .known(22 * 2)
  let fitsDisk = (scope.bytes(Settings.storageSize) * secondsPerByteAndSeries)
    .combined(.divide, with: scope[Settings.seriesPerNode], known: { $0 / Double($1) })
  return "\(forSurvival.maximum(.known(7200)).minimum(fitsDisk).maximum(.known(600)).floor)s"
}
