import Testing

@testable import Artifacts
@testable import Document
@testable import Model

/// What the model is refused for is what the plan is refused for.
@Suite struct TerraformPreconditionTests {
  /// Errors of the model that variables can make.
  private static let codes: Set<String> = [
    "backoff-order", "batch-over-queue", "check-overlaps", "window-too-short", "retention-too-short",
    "disk-too-small", "alert-window", "request-over-limit", "window-over-centre",
  ]

  private static let shapes: [Configuration] = [
    (Collector.prometheus, CentralKind.prometheus), (.rescfg, .amp), (.prometheusOnly, .mimir),
    (.rescfg, .victoriametrics),
  ].map { collector, centre in
    Configuration(environment: "prod")
      .setting(Settings.collector.info.path, to: collector.scalar)
      .setting(Settings.centralKind.info.path, to: centre.scalar)
  }

  /// Values on both sides of each bound, and on it.
  private static let values: [(SettingInfo, [ScalarValue])] = [
    (Settings.initialBackoff.info, [.duration("1s"), .duration("30s"), .duration("31s")]),
    (Settings.maxBackoff.info, [.duration("30s"), .duration("1m")]),
    (Settings.maxSamplesPerSend.info, [.integer(1000), .integer(10_000), .integer(10_001)]),
    (Settings.checkTimeout.info, [.duration("10s"), .duration("29s999ms"), .duration("30s")]),
    (
      Settings.survive.info,
      [
        .duration("12h"), .duration("23h44m"), .duration("23h44m1s"), .duration("30d"), .duration("44m"),
        .duration("59m"),
      ]
    ),
    (Settings.outOfOrderWindow.info, [.duration("24h"), .duration("0s"), .duration("10m"), .duration("10m1s")]),
    (Settings.centralRetention.info, [.duration("15d"), .duration("12h"), .duration("11h59m")]),
    (Settings.storageSize.info, [.quantity("10Gi"), .quantity("110M"), .quantity("64Mi")]),
    (Settings.scrapeInterval.info, [.duration("15s"), .duration("2m30s"), .duration("151s")]),
    (Settings.agentCPURequest.info, [.quantity("100m"), .quantity("500m"), .quantity("1")]),
    (Settings.queueMemoryRequest.info, [.quantity("64Mi"), .quantity("128Mi"), .quantity("135M")]),
    (Settings.syncCPURequest.info, [.quantity("50m"), .quantity("101m")]),
  ]

  @Test(arguments: [4, 19])
  func verdictsAreTheModels(seed: UInt64) throws {
    var random = SeededNumbers(state: seed)
    var refused = 0
    for round in 0..<8 {
      var configuration = Self.shapes[round % Self.shapes.count]
      for (info, candidates) in Self.values {
        configuration = configuration.setting(info.path, to: candidates.randomElement(using: &random) ?? candidates[0])
      }
      let module = TerraformModule(configuration)
      let conditions = module.preconditions.map(\.condition)
      let outputs = try TerraformTools.outputs(of: variables(of: configuration) + module.numbers + outputs(conditions))
      let failing = outputs.values.filter { $0 as? Bool == false }.count
      let errors = configuration.checked().filter { $0.severity == .error && Self.codes.contains($0.code) }
      #expect(outputs.count == conditions.count)
      #expect(failing == errors.count, "seed \(seed), round \(round): \(errors.map(\.message))")
      refused += failing
    }
    #expect(refused > 0)
  }

  private func variables(of configuration: Configuration) -> HCLBody {
    HCLBody(
      Settings.variables.map { info in
        .block("variable", info.terraformName, body: [.set("default", configuration.resolved(info).value.expression)])
      }
    )
  }

  private func outputs(_ conditions: [Expression]) -> HCLBody {
    HCLBody(
      conditions.enumerated().map { index, condition in
        .block("output", "holds_\(index)", body: [.set("value", condition)])
      }
    )
  }
}

extension TerraformModule {
  /// The numbers that preconditions compare, alone.
  fileprivate var numbers: HCLBody { [.block("locals", body: scope.locals.numbers)] }
}
