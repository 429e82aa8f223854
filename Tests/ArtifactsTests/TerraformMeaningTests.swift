import Testing

@testable import Artifacts
@testable import Document
@testable import Model

/// Lengths, sizes and bounds are to Terraform what they are to the model.
@Suite struct TerraformMeaningTests {
  @Test(arguments: [5, 77])
  func lengthsAndSizesAreTheSame(seed: UInt64) throws {
    var random = SeededNumbers(state: seed)
    var body = HCLBody()
    var expected: [String: Double] = [:]
    for index in 0..<150 {
      let duration = randomDuration(&random)
      expected["d\(index)"] = duration.seconds
      body.append(output("d\(index)", Expression.string(duration.spelling).applying(.seconds)))
      let quantity = randomQuantity(&random)
      expected["q\(index)"] = quantity.value
      body.append(output("q\(index)", Expression.string(quantity.spelling).applying(.quantityValue)))
    }
    let outputs = try TerraformTools.outputs(of: body)
    for (name, value) in expected { #expect(outputs[name] as? Double == value, "seed \(seed), \(name)") }
  }

  @Test(arguments: [9])
  func boundsAreTheSame(seed: UInt64) throws {
    var random = SeededNumbers(state: seed)
    var body: HCLBody = [.block("locals", body: Locals().numbers)]
    var expected: [String: Bool] = [:]
    for info in Settings.variables {
      for (index, value) in candidates(for: info, &random).enumerated() {
        guard let validation = info.validation(of: value.0) else { continue }
        expected["\(info.terraformName)_\(index)"] = value.1
        body.append(output("\(info.terraformName)_\(index)", validation.condition))
      }
    }
    #expect(expected.values.contains(true) && expected.values.contains(false))
    let outputs = try TerraformTools.outputs(of: body)
    for (name, isValid) in expected { #expect(outputs[name] as? Bool == isValid, "seed \(seed), \(name)") }
  }

  private func output(_ name: String, _ value: Expression) -> HCLBody.Item {
    .block("output", name, body: [.set("value", value)])
  }

  /// Values inside and outside of the bounds, with the model's verdict.
  private func candidates(for info: SettingInfo, _ random: inout SeededNumbers) -> [(Expression, Bool)] {
    func judged(_ value: ScalarValue) -> (Expression, Bool) { (value.expression, info.domain.accepts(value)) }
    let inside = judged(randomValue(of: info, &random))
    switch info.domain {
    case .boolean, .choice: return []
    case .integer(let range):
      let edges = [range.lowerBound - 1, range.lowerBound, range.upperBound, range.upperBound + 1]
      return [inside, (.number(Double(range.lowerBound) + 0.5), false)] + edges.map { judged(.integer($0)) }
    case .oneOf(let list): return [inside] + [0, 7, list[0], 1441].map { judged(.integer($0)) }
    case .number(let range):
      return [inside]
        + [range.lowerBound / 2, range.lowerBound, range.upperBound, range.upperBound * 2].map {
          judged(.number($0))
        }
    case .duration:
      return [inside]
        + ["30", "s", "", "1s1h", "1.5h", "-1s", "0s", "1ms", "90d", "11y", "1h30m", " 1h"].map { text in
          (.string(text), PrometheusDuration(text).map { info.domain.accepts(.duration($0)) } ?? false)
        }
    case .bytes, .cores:
      return [inside]
        + ["1", "0", "", "Gi", "1.5Gi", "1e3", "64", "65", "10Gi", "9000Ti", "500m", "1KI"].map { text in
          (.string(text), Quantity(text).map { info.domain.accepts(.quantity($0)) } ?? false)
        }
    case .text:
      return [inside]
        + [
          "", "-a", "a", "A b", "a\nb", "http://x", "https://u@h", "10.0.0.0/8", "/a/../b", "/a/b", "x:1",
          "rate(1 day)",
        ]
        .map { judged(.text($0)) }
    }
  }

  private func randomDuration(_ random: inout SeededNumbers) -> PrometheusDuration {
    let units = PrometheusDuration.units.filter { _ in Bool.random(using: &random) }
    let text = units.map { "\(Int.random(in: 0...200, using: &random))\($0.suffix)" }.joined()
    return PrometheusDuration(text) ?? "1s"
  }

  private func randomQuantity(_ random: inout SeededNumbers) -> Quantity {
    let suffix = Quantity.suffixes.randomElement(using: &random)?.suffix ?? ""
    return Quantity("\(Int.random(in: 0...99_999, using: &random))\(suffix)") ?? "1"
  }
}
