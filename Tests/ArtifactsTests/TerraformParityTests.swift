import Foundation
import Testing

@testable import Artifacts
@testable import Document
@testable import Model

/// What the module plans for any values is what is baked for them.
@Suite struct TerraformParityTests {
  /// Every collector with every storage, and among them every kind of centre and old and new releases.
  private static func shapes(_ random: inout SeededNumbers) -> [Configuration] {
    let pairs = Collector.allCases.flatMap { collector in StorageKind.allCases.map { (collector, $0) } }
    return pairs.enumerated().map { index, pair in
      let centre = CentralKind.allCases[index % CentralKind.allCases.count]
      let version = PrometheusVersion.supported[index * 3 % PrometheusVersion.supported.count]
      return Configuration(environment: "prod")
        .setting(Settings.collector.info.path, to: pair.0.scalar)
        .setting(Settings.storageKind.info.path, to: pair.1.scalar)
        .setting(Settings.centralKind.info.path, to: centre.scalar)
        .setting(Settings.prometheusVersion.info.path, to: version.scalar)
        .setting(Settings.enableNetworkResilience.info.path, to: .boolean(true))
        .setting(Settings.enablePrometheusStack.info.path, to: .boolean(index % 2 == 0))
    }
  }

  @Test(arguments: [20_261_122])
  func plannedObjectsAreTheBakedOnes(seed: UInt64) throws {
    var random = SeededNumbers(state: seed)
    try TerraformTools.withFolder { folder in
      let cases = folder.appendingPathComponent("cases")
      for (index, shape) in Self.shapes(&random).enumerated() {
        var values: [String: ScalarValue] = [:]
        // The first case is the model as it is; the others change everything but what exists.
        let switches = [Settings.enableNetworkResilience.info, Settings.enablePrometheusStack.info]
        for info in Settings.variables where index > 0 && !switches.contains(info) {
          values[info.path] = randomValue(of: info, &random)
        }
        try write(shape, changed: agreeing(values, in: shape), to: cases.appendingPathComponent("\(index)"))
      }
      let nothing = Configuration(environment: "prod")
      let off: [String: ScalarValue] = [
        Settings.enableNetworkResilience.info.path: .boolean(false),
        Settings.enablePrometheusStack.info.path: .boolean(false),
      ]
      try write(nothing, changed: off, to: cases.appendingPathComponent("off"), atLeast: 0)
      let script = TerraformTools.repository.appendingPathComponent("Tests/Tools/terraform_parity.py").path
      let compared = try TerraformTools.run([TerraformTools.python, script, cases.path], in: folder)
      #expect(compared.status == 0, "seed \(seed): \(compared.output.prefix(8000))")
    }
  }

  /// The values, with the larger of two where they contradict each other: the plan would be refused.
  private func agreeing(_ values: [String: ScalarValue], in shape: Configuration) -> [String: ScalarValue] {
    var values = values
    var model: Configuration { values.reduce(shape) { $0.setting($1.key, to: $1.value) } }
    func raise<Value: SettingValue & Comparable>(_ larger: Setting<Value>, to smaller: Setting<Value>) {
      values[larger.info.path] = max(model[smaller], model[larger]).scalar
    }
    raise(Settings.maxBackoff, to: Settings.initialBackoff)
    raise(Settings.queueCapacity, to: Settings.maxSamplesPerSend)
    for check in Check.requestsWithinLimits {
      let (request, limit) = (check.settings[0], check.settings[1])
      if !check.findings(model).isEmpty { values[request.path] = values[limit.path] }
    }
    let others: [(Check, SettingInfo, ScalarValue)] = [
      (.checkEndsBeforeTheNext, Settings.checkTimeout.info, .duration("100ms")),
      (.scrapesFitAlertWindows, Settings.scrapeInterval.info, .duration("75s")),
      (.survivalFitsWindow, Settings.survive.info, .duration("1h")),
      (.survivalFitsWindow, Settings.outOfOrderWindow.info, .duration("30d")),
      (.windowIsPossible, Settings.outOfOrderWindow.info, .duration("0s")),
      (.survivalFitsWindow, Settings.survive.info, .duration("1m")),
      (.survivalFitsWindow, Settings.syncInterval.info, .integer(15)),
      (.survivalFitsWindow, Settings.initialBackoff.info, .duration("1s")),
      (.survivalFitsWindow, Settings.maxBackoff.info, .duration("1m")),
      (.windowFitsRetention, Settings.centralRetention.info, .duration("10y")),
      (.survivalFitsDisk, Settings.storageSize.info, .quantity("64Ti")),
    ]
    for (check, info, value) in others where check.findings(model).contains(where: { $0.severity == .error }) {
      values[info.path] = value
    }
    return values
  }

  private func write(
    _ shape: Configuration,
    changed values: [String: ScalarValue],
    to folder: URL,
    atLeast count: Int = 20
  ) throws {
    let baked = values.reduce(shape) { $0.setting($1.key, to: $1.value) }
    try TerraformTools.write(terraformArtifacts(shape), to: folder)
    try FileManager.default.moveItem(
      at: folder.appendingPathComponent("terraform"),
      to: folder.appendingPathComponent("live")
    )
    let bakedFolder = folder.appendingPathComponent("baked")
    try TerraformTools.write(kubernetesArtifacts(baked) + prometheusArtifacts(baked), to: bakedFolder)
    let variables = values.map { key, value in
      (key.replacingOccurrences(of: ".", with: "_"), value.spelling)
    }
    let hasStack = baked[Settings.enablePrometheusStack]
    // Any other centre evaluates the rules itself.
    let hasRules = baked[Settings.enableNetworkResilience] && baked[Settings.centralKind] == .prometheus
    let settings: [String: Any] = [
      "root": "environments/prod",
      "variables": Dictionary(uniqueKeysWithValues: variables),
      "at_least": count,
      "release": hasStack ? ["rules": hasRules] as [String: Any] : [:],
    ]
    try JSONSerialization.data(withJSONObject: settings).write(to: folder.appendingPathComponent("variables.json"))
  }
}
