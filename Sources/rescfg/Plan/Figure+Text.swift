import Charts
import Model

extension Figure {
  /// The value for a person.
  var text: String {
    if value.isFinite { return unit.text(value) }
    switch name {
    case .fresh, .drained: return "never"
    default: return "no limit"
    }
  }

  /// The arithmetic with the values of this model.
  func formulaText(_ plan: Plan) -> String {
    formula.map { piece in
      switch piece {
      case .setting(let info): return "\(info.path) \(plan.configuration.resolved(info).value.written)\(info.suffix)"
      case .given(let info, let value): return "\(info.path) \(value)\(info.suffix)"
      case .figure(let name): return plan[name]?.text ?? ""
      case .constant(let value, let unit, _): return unit.text(value)
      case .text(let text): return text
      }
    }.joined()
  }
}

extension SettingInfo {
  /// What follows a number that counts minutes.
  fileprivate var suffix: String { unit == "minutes" ? "m" : "" }
}

extension Figure.Unit {
  func text(_ value: Double) -> String {
    switch self {
    case .seconds: durationText(value)
    case .bytes: binaryText(value)
    case .samples: Unit.count("samples").text(value)
    case .samplesPerSecond: Unit.rate("samples").text(value)
    case .bytesPerSecond: Unit.bytesPerSecond.text(value)
    case .dollars: "$" + (value < 1000 ? fixedText(value, 2) : fixedText(value, 0))
    case .none: trimmed(value, 3)
    }
  }
}

extension Figure.Name {
  /// What the figure is called in a table.
  var title: String {
    switch self {
    case .samplesPerSecond: "collects"
    case .survives: "survives"
    case .survivesByDisk: "by the disk"
    case .survivesByLog: "by the log's cuts"
    case .survivesByWindow: "by the centre's window"
    case .survivesByAge: "by the queue's age"
    case .survivesByRetention: "by the centre's retention"
    case .partitionDeclared: "partition declared after"
    case .queueAlert: "RemoteWriteQueueFull after"
    case .warning: "from that to loss"
    case .backlogSamples: "backlog"
    case .backlogBytes: "backlog on disk"
    case .keptBytes: "queue, sent samples too"
    case .logBytes: "log at most"
    case .diskBytes: "disk"
    case .queueMemory: "queue's memory"
    case .podMemory: "pod's memory at most"
    case .steadyBandwidth: "sends"
    case .steadyFleet: "the fleet sends"
    case .drainRate: "drains"
    case .recoveryBandwidth: "sends while it drains"
    case .recoveryFleet: "the fleet sends"
    case .recoveryFleetSamples: "the centre takes"
    case .fresh: "fresh again after"
    case .drained: "drained after"
    case .storageCost: "volumes of the nodes"
    case .centralCost: "volume of the centre"
    case .transferCost: "transfer between zones"
    case .cost: "in all"
    }
  }

  /// What ends survival, for a sentence.
  var bound: String {
    switch self {
    case .survivesByDisk: "the node's disk"
    case .survivesByLog: "the cuts of Prometheus' log"
    case .survivesByWindow: "the centre's out-of-order window"
    case .survivesByRetention: "the centre's retention"
    default: "the age that the queue keeps samples to"
    }
  }
}
