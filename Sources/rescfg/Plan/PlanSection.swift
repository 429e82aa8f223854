import Model

/// Figures that belong together, under a heading.
struct PlanSection {
  let heading: String
  let figures: [Figure]

  static func all(of plan: Plan) -> [PlanSection] {
    let outage = Figure.Unit.seconds.text(plan.outage)
    let prices = plan.configuration[Settings.pricesDate]
    let nodes = "\(plan.nodes) node\(plan.nodes == 1 ? "" : "s")"
    let sections: [(String, [Figure.Name])] = [
      (
        "How long a partition may last",
        [.survives, .survivesByDisk, .survivesByLog, .survivesByWindow, .survivesByAge, .survivesByRetention]
      ),
      ("Who hears of it", [.partitionDeclared, .queueAlert, .warning]),
      (
        "A node in a partition of \(outage)",
        [
          .samplesPerSecond, .backlogSamples, .backlogBytes, .keptBytes, .logBytes, .diskBytes, .queueMemory,
          .podMemory,
        ]
      ),
      ("The network while all is well", [.steadyBandwidth, .steadyFleet]),
      (
        "After \(outage)",
        [.fresh, .drained, .drainRate, .recoveryBandwidth, .recoveryFleet, .recoveryFleetSamples]
      ),
      (
        "A month of \(nodes), prices of \(prices)", [.storageCost, .centralCost, .transferCost, .cost]
      ),
    ]
    return sections.map { heading, names in
      PlanSection(heading: heading, figures: names.compactMap { plan[$0] })
    }
  }
}
