public import Document
import Model

/// What stands for the node's name in agent.yml until a pod starts: Prometheus expands no variable outside external
/// labels, so an init container puts the name in.
public let nodeNamePlaceholder = "$(NODE_NAME)"

/// prometheus/agent.yml: the configuration of the Prometheus agent on each node.
public func agentConfig<S: Scope>(_ scope: S) -> Tree<S.H> {
  .mapping([
    .init(
      "global",
      [
        "scrape_interval": .text(scope.text(Settings.scrapeInterval)),
        "external_labels": .mapping(externalLabels(scope)),
      ]
    ),
    .init("scrape_configs", .sequence(scrapeConfigs(scope, findsServices: true))),
    .init("remote_write", .sequence(remoteWrite(scope))),
  ])
}

/// On every sample. The model refuses labels of a user that have the name of one of the first three.
private func externalLabels<S: Scope>(_ scope: S) -> [Tree<S.H>.Entry] {
  let standard: [(name: String, value: Text<S.H>)] = [
    ("cluster", scope.text(Settings.clusterName)),
    // Between quotes, whatever the name that comes in its place looks like.
    ("node", Text(.known(nodeNamePlaceholder), .arbitrary)),
    ("environment", scope.environmentText),
  ]
  let expands = scope[Settings.prometheusVersion] >= PrometheusVersion(3, 0)
  return standard.map { .init($0.name, .text($0.value)) }
    + scope.configuration.externalLabels.map {
      .init($0.name, .text(Text(expands ? escapedForExpansion($0.value) : $0.value)))
    }
}

/// The label where Prometheus reads `$x` and `${x}` as environment variables, which it does from 3.0 on. The node's name
/// is put in before it reads, so its placeholder stays.
private func escapedForExpansion(_ value: String) -> String {
  let escaped = replacing("$", in: value, with: "$$")
  return replacing("$" + nodeNamePlaceholder, in: escaped, with: nodeNamePlaceholder)
}

/// The user's jobs or the standard ones; the job of the agents themselves in any case, as alerts live by it.
/// - Parameter findsServices: whether the collector can look up services and their endpoints, as Prometheus can.
func scrapeConfigs<S: Scope>(_ scope: S, findsServices: Bool) -> [Tree<S.H>] {
  guard let own = scope.configuration.scrapeConfigs else {
    return standardJobs(findsServices: findsServices) + [agentJob(scope)]
  }
  let hasAgentJob = own.contains { node in
    guard case .mapping(let pairs) = node.content else { return false }
    return pairs.contains { $0.key == "job_name" && $0.value.content.isScalar(agentJobName) }
  }
  return own.map { $0.tree() } + (hasAgentJob ? [] : [agentJob(scope)])
}

extension Node.Content {
  fileprivate func isScalar(_ text: String) -> Bool {
    if case .scalar(text, _) = self { true } else { false }
  }
}
