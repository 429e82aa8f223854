import Model
import Testing

/// The arithmetic: values by hand, what must grow with what, and that the checks refuse what the plan can't hold.
@Suite struct PlanTests {
  private static let standard = Configuration(environment: "prod")

  @Test func figuresByHand() throws {
    let plan = Plan(Self.standard)
    // 20,000 series each 15 s, for 12 h.
    #expect(try #require(plan[.samplesPerSecond]).value == 20_000 / 15.0)
    #expect(try #require(plan[.backlogSamples]).value == 57_600_000)
    #expect(try #require(plan[.backlogBytes]).value == 86_400_000)
    // 24 h less 15 min, 30 s and 30 s.
    #expect(plan.survives == 85_440 && plan.binding == .survivesByWindow && plan.holds)
    // 0.9 x 10 GiB less a segment of 64 MiB, at 2,000 B/s.
    #expect(try #require(plan[.survivesByDisk]).value == (0.9 * 10_737_418_240 - 67_108_864) / 2000)
    #expect(try #require(plan[.drained]).value == 57_600_000 / 90_000)
    #expect(try #require(plan[.steadyFleet]).value == 20_000 / 15.0 * 25 * 10)
    #expect(try #require(plan[.storageCost]).value == 8)
    #expect(plan[.centralCost] == nil)
    #expect(try #require(plan[.warning]).value == 85_440 - 3600)
  }

  @Test func otherOutageAndNodes() throws {
    let plan = Plan(Self.standard, nodes: 200, outage: "2d")
    #expect(!plan.holds && plan.outage == 172_800)
    #expect(try #require(plan[.storageCost]).value == 160)
    #expect(Timeline(plan).events.last?.name == "samples are lost from here")
  }

  @Test func plainPrometheusKeepsHalfAPeriod() throws {
    let plain = Self.standard.setting("collector", to: .text("prometheus-only"))
    let plan = Plan(plain.setting("survive", to: .duration("30m")))
    #expect(plan.survives == 3600 && plan.binding == .survivesByLog)
    #expect(plan[.backlogBytes] == nil && plan[.queueMemory] == nil)
    #expect(plan.guarantees.allSatisfy { $0.event != "node gone" })
    // 10 GiB / (44 B x 20,000 / 15 s) is 50.8 h between cuts.
    #expect(Plan(plain.setting("survive", to: .duration("3d"))).survives < 26 * 3600)
    #expect(!Plan(plain.setting("survive", to: .duration("3d"))).holds)
  }

  @Test func oneLaneIsFreshWhenItIsDrained() throws {
    let inOrder = Self.standard.setting("central.out_of_order_window", to: .duration("0s"))
      .setting("survive", to: .duration("40m"))
    let plan = Plan(inOrder)
    let drained = try #require(plan[.drained]).value
    #expect(drained == 3_200_000 / (100_000 - 20_000 / 15.0))
    // Of ten nodes the last tries after 0.826 of the period of 7.5 s, half of the time.
    let resumed = try #require(plan[.fresh]).value - drained
    #expect((6.19...6.2).contains(resumed), "\(resumed)")
    let never = Plan(inOrder.setting("remote_write.drain_rate", to: .integer(1000)))
    #expect(try #require(never[.drained]).value == .infinity)
    #expect(Timeline(never).freshness.allSatisfy { $0.value.isFinite && $0.seconds.isFinite })
  }

  private static let randomValues: [(String, [ScalarValue])] = [
    ("survive", ["10m", "1h", "12h", "23h44m", "23h45m", "3d", "20d"].map { .duration($0) }),
    ("storage.size", ["64Mi", "105Mi", "1Gi", "10Gi", "1Ti"].map { .quantity($0) }),
    ("load.series_per_node", [100, 20_000, 1_000_000].map { .integer($0) }),
    ("load.scrape_interval", ["5s", "15s", "1m"].map { .duration($0) }),
    ("load.disk_bytes_per_sample", [0.5, 1.5, 4].map { .number($0) }),
    ("central.out_of_order_window", ["0s", "2h", "24h", "10d"].map { .duration($0) }),
    ("central.kind", ["prometheus", "mimir", "victoriametrics", "amp", "thanos-receive"].map { .text($0) }),
    ("central.retention", ["6h", "15d"].map { .duration($0) }),
    ("metrics_sync_interval", [5, 60].map { .integer($0) }),
    ("remote_write.drain_rate", [1000, 100_000].map { .integer($0) }),
    ("collector", ["prometheus", "rescfg", "prometheus-only"].map { .text($0) }),
  ]

  private static func randomModels(_ count: Int, seed: UInt64) -> [Configuration] {
    var random = SeededNumbers(state: seed)
    return (0..<count).map { _ in
      randomValues.reduce(standard) { model, setting in
        model.setting(setting.0, to: setting.1.randomElement(using: &random) ?? setting.1[0])
      }
    }
  }

  /// What makes room never makes a partition shorter, and what takes room never makes it longer.
  @Test(arguments: [7, 1009])
  func survivalIsMonotonic(seed: UInt64) throws {
    let more: [(String, [ScalarValue])] = [
      ("storage.size", [.quantity("2Ti")]), ("central.out_of_order_window", [.duration("11d")]),
      ("central.retention", [.duration("30d")]), ("load.series_per_node", [.integer(1)]),
      ("load.disk_bytes_per_sample", [.number(0.1)]), ("metrics_sync_interval", [.integer(1)]),
      ("load.scrape_interval", [.duration("10m")]),
    ]
    for model in Self.randomModels(200, seed: seed) {
      let plan = Plan(model)
      for (path, values) in more {
        // Amazon's service takes an hour in order, and less out of order.
        if path == "central.out_of_order_window", model[Settings.centralKind] == .amp { continue }
        let better = Plan(model.setting(path, to: values[0]))
        #expect(better.survives >= plan.survives, "seed \(seed): \(path) in \(model)")
      }
      let longer = Plan(model, outage: "40d")
      for name in [Figure.Name.backlogSamples, .drained, .fresh] {
        #expect(try #require(longer[name]).value >= (try #require(plan[name]).value), "seed \(seed): \(name)")
      }
      let many = Plan(model, nodes: 1000)
      for name in [Figure.Name.cost, .steadyFleet, .recoveryFleet] {
        #expect(try #require(many[name]).value >= (try #require(plan[name]).value), "seed \(seed): \(name)")
      }
    }
  }

  /// A partition that the checks let pass is one that the plan holds, and the other way round.
  @Test(arguments: [11, 2027])
  func checksAndPlanAgree(seed: UInt64) {
    let codes: Set = ["disk-too-small", "window-too-short", "retention-too-short"]
    var held = 0
    let models = Self.randomModels(600, seed: seed)
    for model in models {
      let isCut = !model[Settings.collector].hasDurableQueue && model.survivesByLog < model[Settings.survive].seconds
      let refused = isCut || model.checked().contains { $0.severity == .error && codes.contains($0.code) }
      #expect(Plan(model).holds != refused, "seed \(seed): \(model.checked().map(\.message))")
      held += refused ? 0 : 1
    }
    #expect(held > 20 && held < models.count - 20, "seed \(seed) tells nothing: \(held) of \(models.count)")
  }

  /// Where the checks find shards and rate enough, the plan has the backlog gone in the time that it took to grow, and nowhere else.
  @Test(arguments: [13, 4099])
  func checksAndPlanAgreeOnDraining(seed: UInt64) throws {
    let codes: Set = ["drain-too-slow", "shards-too-few"]
    var slow = 0
    let shards: [ScalarValue] = [1, 2, 10].map { .integer($0) }
    var random = SeededNumbers(state: seed)
    for model in Self.randomModels(400, seed: seed) {
      let model = model.setting("remote_write.max_shards", to: shards.randomElement(using: &random) ?? shards[0])
      let plan = Plan(model)
      let isSlow = try #require(plan[.drained]).value > plan.outage
      #expect(
        model.checked().contains { codes.contains($0.code) } == isSlow,
        "seed \(seed): \(model.checked().map(\.message))"
      )
      slow += isSlow ? 1 : 0
    }
    #expect(slow > 20 && slow < 380, "seed \(seed) tells nothing: \(slow) of 400")
  }

  /// A timeline runs forwards, and what waits is what the plan says.
  @Test func timelinesAreSound() throws {
    for model in Self.randomModels(200, seed: 3) {
      let plan = Plan(model)
      let timeline = Timeline(plan)
      for line in [timeline.backlog, timeline.freshness, timeline.disk, timeline.unsent] {
        #expect(zip(line, line.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
        #expect(line.allSatisfy { $0.value >= 0 && $0.value.isFinite })
      }
      let most = timeline.backlog.reduce(0) { max($0, $1.value) }
      #expect(most <= (try #require(plan[.backlogSamples]).value) * 1.000_001)
    }
  }
}

/// Numbers that follow from a seed.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
