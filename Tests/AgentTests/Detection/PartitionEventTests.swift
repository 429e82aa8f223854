import Agent
import Foundation
import Testing

@Suite struct PartitionEventTests {
  let origin = EventOrigin(cluster: "west", node: "node-7", remoteName: "remote_write_central")

  private func event(sendFailures: Int) throws -> PartitionEvent {
    let start = Moment(monotonic: 0, wall: 0)
    var detector = PartitionDetector(DetectorConfiguration(threshold: 3), now: start)
    for _ in 0..<sendFailures { _ = detector.handle(.sendFailed(.connection), now: start) }
    let number = try #require(detector.wake(now: start).check)
    let end = Moment(monotonic: 3_600_000, wall: 1_763_840_736_123)
    return try #require(detector.handle(.checkFailed(number: number, .timeout), now: end).first)
  }

  @Test func theDocumentShowsSuchALine() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let document = try String(contentsOf: root.appendingPathComponent("docs/formats/events.md"), encoding: .utf8)
    #expect(document.contains("\n" + (try event(sendFailures: 3)).line(for: origin)))
  }

  @Test func isOneLineOfJSONWhateverTheNamesAre() throws {
    let odd = EventOrigin(cluster: "a\n\"b\"\\", node: "\u{0}\u{7f}\u{2028}é", remoteName: "")
    let line = try event(sendFailures: 0).line(for: odd)
    #expect(line.hasSuffix("}\n") && line.utf8.count { $0 == 10 } == 1)
    let read = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(read["cluster"] as? String == odd.cluster && read["node"] as? String == odd.node)
    #expect((read["evidence"] as? [String: Any])?["last_send_failure"] is NSNull)
  }
}
