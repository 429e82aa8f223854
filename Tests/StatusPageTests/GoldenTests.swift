import Agent
import Foundation
import StatusPage
import Testing

/// Pages as they are written, to the byte. `RECORD=1 swift test --filter StatusPageGolden` writes them anew, and fails so that no run
/// records unseen.
@Suite struct StatusPageGoldenTests {
  static let pages: [(name: String, agent: AgentSnapshot)] = [
    ("healthy", Sample.healthy), ("cut-off", Sample.cutOff), ("draining", Sample.draining),
    ("several-destinations", Sample.severalDestinations), ("nothing-configured", Sample.nothingConfigured),
    ("hostile", Sample.hostile),
  ]
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  @Test(arguments: pages.map(\.name))
  func pageIsTheRecordedOne(name: String) throws {
    let page = try #require(Self.pages.first { $0.name == name })
    let html = StatusPage(page.agent).html
    let golden = Self.folder.appending(path: "\(name).html")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(html).write(to: golden)
      Issue.record("recorded \(name)")
    } else {
      #expect(html == [UInt8](try Data(contentsOf: golden)), "\(String(decoding: html, as: UTF8.self))")
    }
  }

  @Test func everyRecordedPageIsTested() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(names == Self.pages.map { $0.name + ".html" }.sorted())
  }
}
