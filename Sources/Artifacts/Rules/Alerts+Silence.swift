import Document
import Model

/// The alerts on what is not heard: a centre can't be told anything by a node it can't hear.
extension QueryParts {
  private var agentUp: PromQL<S.H> { "\(scope.name(.up)){job=\(quoted: Text(agentJobName))}" }
  private var cluster: [(name: String, value: Text<S.H>)] { [("cluster", scope.text(Settings.clusterName))] }

  var agentSilent: Alert<S.H> {
    Alert(
      name: .agentSilent,
      comment:
        "Every node of the cluster has an agent, so a node without one's samples is cut off or has none running.",
      expression: "max by (node) (\(scope.name(.nodeInfo))) unless on (node) max by (node) (\(agentUp))",
      hold: scope.text(Settings.silentNodeFor),
      severity: .critical,
      labels: cluster,
      summary: "The agent of \(label: "node") is silent",
      description: "No sample of \(label: "node")'s agent has come. The node is cut off, or its agent is down."
    )
  }

  var allAgentsSilent: Alert<S.H> {
    Alert(
      name: .allAgentsSilent,
      comment: "The dead man's switch: needs no list of nodes.",
      expression: "absent_over_time(\(agentUp)[\(duration: scope.text(Settings.silentNodeFor))])",
      severity: .critical,
      labels: cluster,
      summary: "No agent is heard",
      description:
        "Not one agent of cluster \(scope.text(Settings.clusterName)) has sent a sample. The centre's receiver or the path to it is down."
    )
  }

  var metricsSyncFailed: Alert<S.H> {
    let by: PromQL<S.H> = "namespace, cronjob"
    let matcher: PromQL<S.H> =
      #"{namespace=\#(quoted: scope.text(Settings.namespace)),cronjob="metrics-sync"}"#
    let success: PromQL<S.H> = "max by (\(by)) (\(scope.name(.cronJobLastSuccess))\(matcher))"
    let created: PromQL<S.H> = "max by (\(by)) (\(scope.name(.cronJobCreated))\(matcher))"
    let threeIntervals: PromQL<S.H> = "\(scope[Settings.syncInterval] * 180)"
    return Alert(
      name: .metricsSyncFailed,
      comment: "Three intervals without a success, counted from the job's making where it never had one.",
      expression: "time() - (\(success)\nor\n\(created)) > \(threeIntervals)",
      severity: .warning,
      labels: cluster,
      summary: "The sync job does not succeed",
      description:
        "The last success of \(label: "cronjob") in \(label: "namespace") was \(value: .duration) ago. Gaps are not looked for at the centre."
    )
  }
}
