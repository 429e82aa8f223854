import Agent
import Foundation
import Model
import Testing

@Suite struct StatusDocumentTests {
  /// Every block of JSON in the document is what a test renders.
  @Test func theDocumentShowsSuchAnswers() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let document = try String(contentsOf: root.appendingPathComponent("docs/formats/status.md"), encoding: .utf8)
    let shown = document.matches(of: /```json\n((?:.*\n)*?)```/).map { String($0.1) }
    let agent = Sample.agent()
    #expect(shown == [StatusDocument(agent).json.indented, LedgerDocument(agent).json.indented])
  }

  /// Each member's name stands in the document's tables as well as in its samples.
  @Test func theDocumentExplainsEveryMember() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let document = try String(contentsOf: root.appendingPathComponent("docs/formats/status.md"), encoding: .utf8)
    func check(_ value: JSONValue) {
      switch value {
      case .object(let members):
        for member in members {
          #expect(document.contains("`\(member.name)`"), "\(member.name)")
          check(member.value)
        }
      case .array(let values): values.forEach(check)
      default: break
      }
    }
    check(StatusDocument(Sample.agent()).json)
    check(LedgerDocument(Sample.agent()).json)
  }

  @Test func isReadByOthersAndShowsNoSecret() throws {
    let secret = "https://user:secret@centre.example/api/v1/write?token=secret"
    var agent = Sample.agent([Sample.queue("a\n\"\\\u{1}\u{7f}\u{9b}", url: secret)])
    agent.scraper.targets += (0..<600).map { Sample.target("n\($0):1", .up) } + [Sample.target("late:1", .down)]
    for json in [StatusDocument(agent).json, LedgerDocument(agent).json] {
      for text in [json.compact, json.indented] {
        #expect(!text.contains("secret"))
        let read = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let queues = try #require(read["queues"] as? [[String: Any]])
        #expect(queues[0]["name"] as? String == agent.queues[0].name)
        #expect(queues[0]["url"] as? String == "https://centre.example/api/v1/write")
      }
      #expect(!json.compact.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x9b })
    }
    let text = StatusDocument(agent).json.indented
    #expect(text.contains("\"omitted\": 104") && text.contains("late:1"))
  }

  @Test func numbersOfTheLedgerAreExact() throws {
    var queue = Sample.queue()
    queue.ledger = LedgerSnapshot(
      collected: .max,
      delivered: .max - 3,
      rejected: ["duplicate": 1],
      dropped: ["io": 1],
      queued: 1,
      deliveredLive: .max,
      deliveredBacklog: .max,
      queuedBacklog: .max
    )
    let text = LedgerDocument(Sample.agent([queue])).json.compact
    #expect(text.contains(#""collected":18446744073709551615,"delivered":18446744073709551612,"#))
    #expect(text.contains(#""live":18446744073709551612,"backlog":0,"earlier":0"#))
    #expect(text.contains(#""queued_by_lane":{"live":0,"backlog":1},"balanced":true"#))
    queue.ledger = LedgerSnapshot(
      collected: 5,
      delivered: 3,
      rejected: [:],
      dropped: [:],
      queued: 1,
      deliveredLive: 0,
      deliveredBacklog: 0,
      queuedBacklog: 0
    )
    #expect(LedgerDocument(Sample.agent([queue])).json.compact.contains(#""balanced":false"#))
  }

  @Test func extremesOfTimeAndRateAreWritten() throws {
    var queue = Sample.queue()
    queue.oldestUnsent = .min
    queue.newestTaken = .max
    queue.deliveredPerSecond = .infinity
    queue.takenPerSecond = .nan
    let text = StatusDocument(Sample.agent([queue])).json.compact
    #expect(
      text.contains(#""oldest_unsent":"0000-01-01T00:00:00.000Z","oldest_unsent_age_seconds":9223372036854775.807"#)
    )
    #expect(text.contains(#""taken_per_second":null,"delivered_per_second":null,"backlog_drained_after_seconds":null"#))
  }

  @Test(arguments: [
    (0.0, 0.0, 10, DrainForecast.never), (100, 100, 10, .never), (100, 99, 10, .never),
    (0, 4, 10, .after(milliseconds: 2500)),
    (100, 103, 10, .after(milliseconds: 3334)), (0, 0, 0, .drained), (100, 0, 0, .drained),
    (0, .leastNonzeroMagnitude, 10, .never), (.nan, 1, 10, .never), (0, .infinity, 10, .after(milliseconds: 0)),
  ])
  func forecastsTheDrain(taken: Double, delivered: Double, backlog: UInt64, expected: DrainForecast) {
    var queue = QueueSnapshot(
      name: "a",
      url: "b",
      ledger: LedgerSnapshot(
        collected: backlog + 5,
        delivered: 0,
        rejected: [:],
        dropped: [:],
        queued: backlog + 5,
        deliveredLive: 0,
        deliveredBacklog: 0,
        queuedBacklog: backlog
      )
    )
    queue.takenPerSecond = taken
    queue.deliveredPerSecond = delivered
    #expect(DrainForecast(queue) == expected)
  }
}
