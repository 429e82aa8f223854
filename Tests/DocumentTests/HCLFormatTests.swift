import Foundation
import Testing

@testable import Document

/// `terraform fmt` finds nothing to change in what we print.
@Suite struct HCLFormatTests {
  @Test(arguments: [3, 99, 123_456])
  func formatterHasNothingToDo(seed: UInt64) throws {
    try withTemporaryDirectory { directory in
      var random = Seeded(state: seed)
      for index in 0..<60 {
        let text = hcl(randomBody(&random, depth: 3)).string
        try Data(text.utf8).write(to: directory.appendingPathComponent("f\(index).tf"))
      }
      let checked = try run("terraform", ["fmt", "-check", "-diff", "-no-color"], in: directory)
      #expect(checked.status == 0, "seed \(seed): \(checked.output.prefix(3000))")
    }
  }

  @Test func alignsRunsAndComments() {
    let body: HCLBody = [
      .comment("Network resilience configuration"),
      .set("enable_network_resilience", true),
      .set("network_partition_threshold", 3, comment: "Failures before partition"),
      .set("remote_write_max_backoff", "30s", comment: "Maximum retry delay"),
      .block("inner", "label", body: [.set("a", .list([1, "b"])), .set("tags", ["x": 1, "y.z": 2, "w": 3])]),
      .set("last", .null),
    ]
    #expect(
      hcl(body).string == """
        # Network resilience configuration
        enable_network_resilience   = true
        network_partition_threshold = 3     # Failures before partition
        remote_write_max_backoff    = "30s" # Maximum retry delay

        inner "label" {
          a = [1, "b"]
          tags = {
            x     = 1
            "y.z" = 2
            w     = 3
          }
        }

        last = null

        """
    )
  }

  @Test func settingsKeepTheirOrigin() {
    let text = hcl([
      .set("a", 1),
      .set("backoff", "for \(.variable("remote_write_max_backoff", from: ["remote_write_max_backoff"]))"),
    ])
    let slots = text.pieces.compactMap { piece -> String? in
      if case .slot(let term, _) = piece { "\(term.origins.names) \(term.value)" } else { nil }
    }
    #expect(slots == ["[\"remote_write_max_backoff\"] var.remote_write_max_backoff"])
  }

  private func randomBody(_ random: inout Seeded, depth: Int) -> HCLBody {
    var body = HCLBody()
    var names = Array("abcdefghij").map { String(repeating: String($0), count: Int.random(in: 1...12, using: &random)) }
    names.shuffle(using: &random)
    for name in names.prefix(Int.random(in: 0...8, using: &random)) {
      switch Int.random(in: 0..<10, using: &random) {
      case 0: body.append(.comment(random.chance(50) ? "one remark" : "two\n\nlines"))
      case 1: body.append(.blank)
      case 2 where depth > 0, 3 where depth > 0:
        body.append(.block(name, labels: random.chance(50) ? ["x", "y z"] : [], randomBody(&random, depth: depth - 1)))
      default:
        let comment = random.chance(30) ? "why \(name)" : nil
        body.append(.set(name, randomExpression(&random, depth: depth), comment: comment))
      }
    }
    return body
  }

  private func randomExpression(_ random: inout Seeded, depth: Int) -> Expression {
    if depth == 0 {
      return random.pick([
        .null, true, -3, 12, .number(0.25), .reference("var.x"), .reference("aws_kms_key.this[0].arn"),
        .string(adversarialString(&random)), .string(adversarialString(&random, lines: true)),
      ])
    }
    func inner(_ random: inout Seeded) -> Expression { randomExpression(&random, depth: depth - 1) }
    func many(_ random: inout Seeded) -> [Expression] {
      (0..<Int.random(in: 0...4, using: &random)).map { _ in randomExpression(&random, depth: depth - 1) }
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return .list(many(&random))
    case 1, 2:
      let keys = ["a", "app.kubernetes.io/name", "for", "long_key_name", "null"].shuffled(using: &random)
      return .object(
        zip(keys, many(&random)).map { .init($0, $1, comment: random.chance(20) ? "a remark" : nil) }
      )
    case 3: return .call("merge", many(&random))
    case 4: return .template([.literal("x\n  y $"), .interpolation(inner(&random)), .literal("{z\n")])
    case 5: return .conditional(inner(&random), then: inner(&random), else: inner(&random))
    case 6: return .binary(inner(&random), random.pick([.add, .subtract, .and, .remainder]), inner(&random))
    case 7: return .unary(random.pick([.not, .negative]), inner(&random))
    case 8: return .forList(each: ["k", "v"], in: .list(many(&random)), value: inner(&random))
    default:
      return .forObject(each: ["k", "v"], in: .reference("var.map"), key: .reference("k"), value: inner(&random))
    }
  }
}
