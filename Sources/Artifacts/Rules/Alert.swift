import Document

/// Every alert there is. The first four are the specification's, under its names.
public enum AlertName: String, Sendable, CaseIterable {
  case highRemoteWriteRetries = "HighRemoteWriteRetries"
  case remoteWriteQueueFull = "RemoteWriteQueueFull"
  case networkPartitionDetected = "NetworkPartitionDetected"
  case metricsSyncLag = "MetricsSyncLag"
  case remoteWriteDataLoss = "RemoteWriteDataLoss"
  case remoteWriteQueueDepth = "RemoteWriteQueueDepth"
  case remoteWriteDiskQueueFilling = "RemoteWriteDiskQueueFilling"
  case agentSilent = "AgentSilent"
  case allAgentsSilent = "AllAgentsSilent"
  case metricsSyncFailed = "MetricsSyncFailed"

  /// The heading of its section in the runbook, as an anchor.
  public var anchor: String { rawValue.lowercased() }
}

/// An alerting rule.
struct Alert<H: Hole> {
  enum Severity: String { case warning, critical }

  var name: AlertName
  /// Why the expression is as it is, for who reads the file.
  var comment: String
  var expression: PromQL<H>
  /// How long it must hold, `nil` for at once.
  var hold: Text<H>?
  var severity: Severity
  /// Labels the expression doesn't give.
  var labels: [(name: String, value: Text<H>)] = []
  var summary: Annotation<H>
  var description: Annotation<H>

  func tree(contact: Text<H>) -> Tree<H> {
    var rule: Tree<H> = .mapping([.init("alert", "\(name.rawValue)", comment: comment)])
    rule = rule.adding("expr", .text(expression.text)).adding("for", hold.map { .text($0) })
    let labels = [(name: "severity", value: Text(severity.rawValue))] + labels
    rule = rule.adding("labels", .mapping(labels.map { .init($0.name, .text($0.value.goTemplateLiteral)) }))
    return rule.adding(
      "annotations",
      .mapping(
        annotations(contact: contact).map { .init($0.name, .text($0.text.template)) }
      )
    )
  }

  func annotations(contact: Text<H>) -> [(name: String, text: Annotation<H>)] {
    [
      ("summary", summary),
      ("description", description),
      ("runbook", "docs/runbook.md#\(Text(name.anchor))"),
      ("contact", "\(contact)"),
    ]
  }
}
