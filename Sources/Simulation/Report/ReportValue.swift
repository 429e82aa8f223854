import Agent
import Model

/// One number that a run comes to, by the name that assertions and scripts know it by.
public struct ReportValue: Hashable, Sendable {
  public enum Unit: String, Hashable, Sendable {
    case samples, bytes, milliseconds, perSecond = "per second", count
  }

  public let name: String
  public let unit: Unit
  /// Nothing for what never came about: a backlog that was still there at the end.
  public let value: Double?
  /// What it is, in a few words.
  public let meaning: String

  public init(name: String, unit: Unit, value: Double?, meaning: String) {
    self.name = name
    self.unit = unit
    self.value = value
    self.meaning = meaning
  }
}

extension SimulationResult {
  /// The names and units of `values`, which don't depend on the run.
  public static let valueUnits: [(name: String, unit: ReportValue.Unit)] = rows.map { ($0.name, $0.unit) }

  /// All numbers of the run, in the order in which people read them. Of the fleet where it says nothing else.
  public var values: [ReportValue] {
    Self.rows.map { ReportValue(name: $0.name, unit: $0.unit, value: $0.value(self), meaning: $0.meaning) }
  }

  private struct Row: Sendable {
    let name: String
    let unit: ReportValue.Unit
    let meaning: String
    let value: @Sendable (SimulationResult) -> Double?

    init(
      _ name: String,
      _ unit: ReportValue.Unit,
      _ meaning: String,
      _ value: @escaping @Sendable (SimulationResult) -> Double?
    ) {
      self.name = name
      self.unit = unit
      self.meaning = meaning
      self.value = value
    }
  }

  private static let rows: [Row] = [
    Row("loss", .samples, "taken in by an agent and not at the centre") { Double($0.loss) },
    Row("ledger_loss", .samples, "what the agents' ledgers say was lost") { Double($0.total(\.ledgerLoss)) },
    Row("lost_with_power", .samples, "of the loss, not yet synced when power failed") {
      Double($0.total(\.lostWithPower))
    },
    Row("forgotten", .samples, "of the loss, acknowledged by the centre and forgotten") {
      Double($0.total(\.forgotten))
    },
    Row("refilled", .samples, "forgotten by the centre, and sent again by the agents' own comparison") {
      Double($0.total(\.refilled))
    },
    Row("not_taken", .samples, "collected, and no agent ever took it") { Double($0.total(\.unacknowledged)) },
    Row("queued", .samples, "still on the way at the end") { Double($0.total(\.queued)) },
    Row("duplicates", .samples, "arrived once more") { Double($0.total(\.duplicates)) },
    Row("peak_disk", .bytes, "of the fullest node") { $0.nodes.map(\.peakDiskBytes).max() },
    Row("peak_backlog", .bytes, "unsent, of the fullest node") { result in
      result.nodes.map { Double(result.options.scale.real($0.queuedPeak)) * result.options.bytesPerSample }.max()
    },
    Row("time_to_fresh", .milliseconds, "from the end of the last fault until every node's newest samples arrive") {
      $0.longest { $0.freshAt }
    },
    Row("drain", .milliseconds, "from then until the backlog of every node is gone") { $0.longest { $0.drainedAt } },
    Row("detection", .milliseconds, "from the first partition until every node that it cuts off says so") {
      $0.detection
    },
    Row("first_drop", .milliseconds, "from the beginning of the first fault until an agent lets go of a sample") {
      $0.firstDrop
    },
    Row("peak_samples", .perSecond, "at the centre, in the busiest second") { $0.load.peakSamplesPerSecond },
    Row("peak_requests", .perSecond, "at the centre, in the busiest second") { $0.load.peakRequestsPerSecond },
    Row("peak_returning", .count, "nodes that try again in the same second") { $0.load.peakReturning },
    Row("violations", .count, "of what must never be") { Double($0.violations.count) },
  ]

  /// Samples that an agent had and the centre has not.
  public var loss: UInt64 { total(\.missing) + total(\.lostWithPower) + total(\.forgotten) }

  /// 0 where nothing had to heal.
  private func longest(_ end: (DrainClock) -> Int64?) -> Double? {
    var longest: Int64 = 0
    for drain in nodes.map(\.drain) {
      guard let healed = drain.healedAt else { continue }
      guard let time = end(drain) else { return nil }
      longest = max(longest, time - healed)
    }
    return Double(longest)
  }

  private var firstDrop: Double? {
    guard let start = options.faults.map(\.start).min() else { return nil }
    return nodes.compactMap(\.firstDrop).min().map { Double($0 - start) }
  }

  private var detection: Double? {
    let partitions = options.faults.filter { if case .partition = $0.kind { true } else { false } }
    guard let first = partitions.min(by: { $0.start < $1.start }) else { return 0 }
    var longest: Int64 = 0
    for node in nodes where first.hits(node.index, of: nodes.count) {
      guard let event = node.events.first(where: { $0.event.to == .partitioned && $0.time >= first.start }) else {
        return nil
      }
      longest = max(longest, event.time - first.start)
    }
    return Double(longest)
  }
}
