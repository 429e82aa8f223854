import Model
import Testing

@Suite struct DestinationTests {
  private static let place = Location(file: "rescfg.yaml", line: 3, column: 5)

  private func model(_ destinations: [String: [String: ScalarValue]], _ other: [String: ScalarValue] = [:])
    -> Configuration
  {
    var written = other.mapValues { Configuration.Resolved($0, from: .model(Self.place)) }
    for (name, values) in destinations {
      for (key, value) in values {
        written["destinations.\(name).\(key)"] = Configuration.Resolved(value, from: .model(Self.place))
      }
    }
    return Configuration(
      environment: "prod",
      written: written,
      destinations: destinations.keys.map { Destination($0, at: Self.place) }
    )
  }

  @Test func whatIsWrittenForOneHoldsForItAlone() {
    let model = model(
      ["dr": ["url": .text("https://dr.example"), "auth": .text("bearer"), "tenant": .text("edge")]],
      ["central.kind": .text("mimir"), "central.username": .text("us")]
    )
    let dr = model.toward("dr")
    #expect(dr.writeURL == "https://dr.example/api/v1/write")
    #expect(dr[Settings.centralAuthentication] == .bearer && dr[Settings.centralTenant] == "edge")
    #expect(dr[Settings.centralKind] == .prometheus && dr[Settings.centralUsername] == "rescfg")
    #expect(dr[Settings.centralCredentials] == "dr-access")
    #expect(dr.path(of: CentralSecret.File.token) == "/etc/rescfg-dr/token")
    #expect(model[Settings.centralAuthentication] == .none && model.writeURL.hasSuffix(":9090/api/v1/push"))
    #expect(model.toward("central")[Settings.centralCredentials] == "central-access")
  }

  @Test func pathsLeadToSettings() throws {
    let model = model(["dr": ["url": .text("https://dr.example")]])
    let kind = try #require(Settings.at("destinations.dr.kind"))
    #expect(model.resolved(kind).value == .text("prometheus") && model.has(kind))
    #expect(!model.has(try #require(Settings.at("destinations.other.kind"))))
    #expect(Settings.at("destinations.dr.retention") == nil && Settings.at("destinations.central.url") == nil)
    #expect(Settings.at("central.url") == Settings.centralURL.info)
  }

  @Test(arguments: [
    ("a", true), ("eu-west-1", true), ("central", false), ("", false), ("A", false), ("a_b", false), ("-a", false),
    (String(repeating: "n", count: 40), true), (String(repeating: "n", count: 41), false),
  ])
  func names(name: String, isName: Bool) { #expect(Destination.isName(name) == isName) }

  @Test func whatIsWrongWithTheCentreIsWrongWithThem() {
    let url = ScalarValue.text("https://dr.example")
    func codes(_ values: [String: ScalarValue]) -> [String] {
      model(["dr": values], ["enable_network_resilience": .boolean(true)]).checked().map(\.code)
    }
    #expect(codes(["url": url]) == [])
    #expect(codes(["kind": .text("mimir")]) == ["destination-url"])
    #expect(codes(["url": .text("http://dr.example")]) == ["central-plaintext"])
    #expect(codes(["url": .text("http://dr.example"), "auth": .text("bearer")]) == ["central-plaintext"])
    let amp: [String: ScalarValue] = ["url": url, "kind": .text("amp")]
    #expect(codes(amp.merging(["auth": .text("none")]) { $1 }).sorted() == ["central-auth", "window-too-short"])
    let late = amp.merging(["out_of_order_window": .duration("1h")]) { $1 }
    #expect(codes(late).sorted() == ["window-over-centre", "window-too-short"])
    #expect(codes(["url": url, "out_of_order_window": .duration("0s")]) == ["window-too-short"])
    #expect(codes(["url": url, "out_of_order_window": .duration("1h")]) == ["window-too-short"])
    #expect(codes(["url": url, "tenant": .text("x")]) == ["without-effect"])
    #expect(codes(["url": .text("http://prometheus-kube-prometheus-prometheus:9090")]) == ["destination-twice"])
  }

  @Test func findingsNameTheDestinationsOwnSettings() throws {
    let model = model(["dr": ["url": .text("http://dr.example"), "auth": .text("bearer")]])
    let finding = try #require(model.checked().first { $0.code == "central-plaintext" })
    #expect(finding.message.hasPrefix("destinations.dr.auth bearer sends"))
    #expect(finding.help == "set destinations.dr.url to https://dr.example" && finding.location == Self.place)
    #expect(finding.changes == [Change(path: "destinations.dr.url", value: .text("https://dr.example"))])
    #expect(model.checked(except: ["destinations.dr.auth"]).allSatisfy { $0.code != "central-plaintext" })
  }

  @Test func theirNumberIsBounded() {
    let all = (1...9).map { ("d\($0)", ["url": ScalarValue.text("http://d\($0).example")]) }
    let nine = model(Dictionary(uniqueKeysWithValues: all))
    #expect(nine.checked().contains { $0.code == "too-many-destinations" })
    let eight = model(Dictionary(uniqueKeysWithValues: all.dropLast()))
    #expect(!eight.checked().contains { $0.code == "too-many-destinations" })
  }
}
