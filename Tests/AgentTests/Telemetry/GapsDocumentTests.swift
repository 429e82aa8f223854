import Foundation
import Model
import Testing

@testable import Agent

@Suite struct GapsDocumentTests {
  private func snapshot() -> AgentSnapshot {
    var report = SyncReport(7, Sample.now)
    report.ended = Moment(monotonic: Sample.now.monotonic + 1500, wall: Sample.now.wall + 1500)
    report.result = .gaps
    report.gaps = [.filled, .pending, .unfillable(.tooOld)].map { state in
      Gap(
        series: Witness([(name: "__name__", value: "up"), (name: "job", value: "a \"b\"")]),
        from: 1_763_840_000_000,
        until: 1_763_840_299_999,
        delivered: 20,
        found: 3,
        samples: 900,
        state: state
      )
    }
    var queue = Sample.queue()
    queue.gaps.report = report
    queue.gaps.stage = .refilling
    queue.gaps.started = 8
    return Sample.agent([queue])
  }

  /// Each member stands in the document.
  @Test func theDocumentExplainsEveryMember() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let document = try String(contentsOf: root.appendingPathComponent("docs/formats/gaps.md"), encoding: .utf8)
    func check(_ value: JSONValue) {
      switch value {
      case .object(let members):
        for member in members {
          let isOfMetrics = GapLossLabel(rawValue: member.name) != nil
          #expect(isOfMetrics || document.contains("`\(member.name)`"), "\(member.name)")
          check(member.value)
        }
      case .array(let values): values.forEach(check)
      default: break
      }
    }
    check(GapsDocument(snapshot()).json)
  }

  @Test func isReadByOthers() throws {
    let text = GapsDocument(snapshot()).json.compact
    let read = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let queues = try #require(read["queues"] as? [[String: Any]])
    let check = try #require(queues[0]["last_check"] as? [String: Any])
    #expect(check["lasted_seconds"] as? Double == 1.5 && check["result"] as? String == "gaps")
    let gaps = try #require(check["gaps"] as? [[String: Any]])
    #expect(gaps.map { $0["state"] as? String } == ["filled", "pending", "unfillable"])
    #expect(gaps.map { $0["reason"] as? String } == [nil, nil, "too_old"])
    #expect(gaps[0]["series"] as? String == "{__name__=\"up\",job=\"a \\\"b\\\"\"}")
  }

  @Test func timesAreReadAsTheyAreWritten() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      let time = Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &random)
      #expect(Timestamp(Timestamp(milliseconds: time).description)?.milliseconds == time)
    }
    for text in [
      "", "2025-02-29T00:00:00.000Z", "2025-11-22T19:45:36Z", "2025-11-22 19:45:36.123Z", "2025-13-01T00:00:00.000Z",
    ] {
      #expect(Timestamp(text) == nil, "\(text)")
    }
  }
}
