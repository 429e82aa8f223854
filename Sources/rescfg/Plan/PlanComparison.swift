import Model

/// Plans of several environments as the columns of a table.
struct PlanComparison {
  private let plans: [Plan]
  private let isColoured: Bool

  init(_ plans: [Plan], isColoured: Bool) {
    self.plans = plans
    self.isColoured = isColoured
  }

  var text: String {
    var table = TextTable([""] + plans.map(\.configuration.environment), right: Set(1...plans.count))
    table.add(["collector"] + plans.map { $0.configuration[Settings.collector].rawValue })
    table.add(["nodes"] + plans.map { String($0.nodes) })
    table.add(["partition planned for"] + plans.map { Figure.Unit.seconds.text($0.outage) })
    table.add(["loses samples in it"] + plans.map { $0.holds ? "no" : "yes" })
    for name in Figure.Name.allCases where plans.contains(where: { $0[name] != nil }) {
      let title = name == .recoveryFleet ? "the fleet sends then" : name.title
      table.add([title] + plans.map { $0[name]?.text ?? "-" })
      if name == .survives { table.add(["ended by"] + plans.map { $0.binding.column }) }
    }
    return table.text
  }
}

extension Figure.Name {
  /// What ends survival, in a column.
  fileprivate var column: String {
    switch self {
    case .survivesByDisk: "disk"
    case .survivesByLog: "log"
    case .survivesByWindow: "window"
    case .survivesByRetention: "retention"
    default: "age"
    }
  }
}
