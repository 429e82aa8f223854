import Testing

@testable import Agent

@Suite struct HTTPDiscoveryTests {
  private let fields = #""http_sd_configs": [{"url": "http://sd/targets?a=b", "refresh_interval": "30s"}]"#

  @Test func asksEveryIntervalAndKeepsWhatItHas() throws {
    var discovery = try discovery(fields)
    let first = try #require(discovery.step(now: at(1_000)).first?.request)
    #expect(first.url == "http://sd/targets?a=b")
    #expect(first.headers["accept"] == "application/json")
    #expect(first.headers["x-prometheus-refresh-interval-seconds"] == "30")
    #expect(first.timeoutMilliseconds == 30_000)
    #expect(discovery.step(now: at(60_000)) == [])
    let groups = discovery.receive(
      .fetched(first.ticket, ok(#"[{"targets": ["a:1"], "labels": {"z": "1"}}]"#)),
      now: at(1_200)
    )
    #expect(groups?.addresses == ["a:1"])
    #expect(groups?.first?.source == "http://sd/targets?a=b:0")
    #expect(groups?.first?.labels == [MetaLabel("__meta_url", "http://sd/targets?a=b"), MetaLabel("z", "1")])
    #expect(discovery.nextStep == 31_000)

    let failures: [(DiscoveryTicket) -> DiscoveryEvent] = [
      { .failed($0, reason: "connection refused") },
      { .fetched($0, DiscoveryAnswer(status: 503, contentType: "application/json", body: Array("[]".utf8))) },
      { .fetched($0, ok("[]", type: "text/html")) }, { .fetched($0, ok("[{")) },
      { .fetched($0, ok(#"[{"targets": ["b"]}, null]"#)) },
    ]
    for (index, failure) in failures.enumerated() {
      let time = 31_000 + Int64(index) * 30_000
      let request = try #require(discovery.step(now: at(time)).first?.request)
      #expect(discovery.receive(failure(request.ticket), now: at(time)) == nil)
      #expect(discovery.groups.addresses == ["a:1"])
      #expect(discovery.statuses[0].failureCount == index + 1)
      #expect(discovery.statuses[0].problem != nil)
    }
    let last = try #require(discovery.step(now: at(1_000_000)).first?.request)
    #expect(discovery.receive(.fetched(last.ticket, ok("[]")), now: at(1_000_000)) == [])
    #expect(discovery.statuses[0].problem == nil)
  }

  @Test(arguments: [
    ("application/json", true), ("Application/JSON; charset=\"UTF-8\"", true), ("application/json;charset=utf-8", true),
    ("application/json; charset=latin-1", false), ("text/json", false), ("", false),
  ])
  func contentTypes(text: String, isJSON: Bool) {
    #expect(HTTPDiscovery.isJSON(text) == isJSON)
  }
}
