public import Agent
import Model

extension SimulationResult {
  /// The report for programs (docs/simulate.md). Times are milliseconds.
  public var json: JSONValue {
    Self.object([
      ("environment", .string(options.model.environment)),
      ("seed", .string(String(options.seed))),
      ("nodes", .integer(Int64(options.nodeCount))),
      ("simulated_nodes", .integer(Int64(options.scale.simulatedNodeCount))),
      ("duration", .integer(duration)),
      ("events", .integer(Int64(eventCount))),
      ("faults", .array(options.faults.map { .string($0.text) })),
      ("values", .array(values.map(Self.value))),
      ("detectors", .array(happenings.map(Self.happening))),
      ("alerts", .array(alerts.map(Self.alert))),
      ("timeline", .array(timeline.points.map(Self.point))),
      ("violations", .array(violations.map { .string($0) })),
    ])
  }

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { JSONMember($0.0, $0.1) })
  }

  private static func number(_ value: Double) -> JSONValue { .thousandths(Int64((value * 1000).rounded())) }

  private static func value(_ value: ReportValue) -> JSONValue {
    object([
      ("name", .string(value.name)),
      ("unit", .string(value.unit.rawValue)),
      ("value", value.value.map(number) ?? .null),
    ])
  }

  private static func happening(_ happening: Happening) -> JSONValue {
    object([
      ("change", .string(happening.name)),
      ("cause", .string(happening.cause)),
      ("first", .integer(happening.first)),
      ("last", .integer(happening.last)),
      ("count", .integer(Int64(happening.count))),
    ])
  }

  private static func alert(_ alert: AlertHistory) -> JSONValue {
    object([
      ("alert", .string(alert.name)),
      ("first", .integer(alert.first)),
      ("last", .integer(alert.last)),
      ("nodes", .integer(Int64(alert.nodes))),
      ("over", alert.over.map { .integer($0) } ?? .null),
    ])
  }

  private static func point(_ point: Timeline.Point) -> JSONValue {
    object([
      ("time", .integer(point.time)),
      ("queued", number(point.queued)),
      ("behind", .integer(point.lag)),
      ("disk_bytes", number(point.diskBytes)),
      ("samples_per_second", number(point.samplesPerSecond)),
      ("requests_per_second", number(point.requestsPerSecond)),
      ("partitioned_nodes", .integer(Int64(point.partitionedNodes))),
    ])
  }
}
