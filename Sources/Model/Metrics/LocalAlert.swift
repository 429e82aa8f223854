/// An alert that is raised where its cause is, as the centre can't raise one on a node that it doesn't hear.
///
/// Names, severities and thresholds are those of the rendered rules, so that Alertmanager groups what both raise.
public enum LocalAlert: String, FixedLabel {
  case highRemoteWriteRetries = "HighRemoteWriteRetries"
  case remoteWriteQueueFull = "RemoteWriteQueueFull"
  case networkPartitionDetected = "NetworkPartitionDetected"
  case metricsSyncLag = "MetricsSyncLag"
  case remoteWriteDataLoss = "RemoteWriteDataLoss"
  case agentSilent = "AgentSilent"
  /// The heartbeat, which always fires: that it stops is what it says. Named as in kube-prometheus-stack, whose Alertmanager
  /// sends it to nobody until a route says otherwise.
  case watchdog = "Watchdog"
}
