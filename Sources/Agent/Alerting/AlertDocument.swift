import Model

/// The body of `POST /api/v2/alerts` (Alertmanager, api/v2/openapi.yaml: `postableAlerts`).
struct AlertDocument {
  let alerts: [PostedAlert]
  let contact: String

  var bytes: [UInt8] { Array(JSONValue.array(alerts.map(json)).compact.utf8) }

  private func json(_ alert: PostedAlert) -> JSONValue {
    let condition = alert.condition
    let name = condition.alert.rawValue
    var labels = [
      JSONMember("alertname", .string(name)), JSONMember("severity", .string(condition.alert.severity)),
    ]
    labels += condition.subject.labels.map { JSONMember($0.name, .string($0.value)) }
    var annotations = [
      JSONMember("summary", .string(condition.summary)), JSONMember("description", .string(condition.description)),
    ]
    if condition.alert != .watchdog {
      annotations.append(JSONMember("runbook", .string("docs/runbook.md#" + name.lowercased())))
    }
    annotations.append(JSONMember("contact", .string(contact)))
    return .object(
      ("labels", .object(labels)),
      ("annotations", .object(annotations)),
      ("startsAt", .time(alert.startsAt)),
      ("endsAt", .time(alert.endsAt))
    )
  }
}
