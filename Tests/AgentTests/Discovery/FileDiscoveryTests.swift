import Testing

@testable import Agent

@Suite struct FileDiscoveryTests {
  private let stamp = FileStamp(modifiedNanoseconds: 1, byteCount: 2, inode: 3)

  private func contents(_ path: String, _ text: String) -> FileReading {
    FileReading(path, .contents(Array(text.utf8), stamp))
  }

  @Test func readsFilesAndKeepsWhatItCanNotRead() throws {
    var discovery = try discovery(
      #""file_sd_configs": [{"files": ["/t/*.json", "/t/b.yml"], "refresh_interval": "12s"}]"#
    )
    #expect(discovery.nextStep == .min)
    let first = try #require(discovery.step(now: at(0)).first?.query)
    #expect(first.patterns.map(\.directory) == ["/t/", "/t/"])
    #expect(first.known == [:])
    #expect(discovery.step(now: at(100_000)) == [])
    #expect(discovery.nextStep == nil)
    let readings = [
      contents(
        "/t/a.json",
        #"[{"targets": ["h:1", "h:2"], "labels": {"x": "y", "__meta_filepath": "no"}}, {"targets": ["h:3"]}]"#
      ),
      contents("/t/b.yml", #"[{"targets": ["i:1"], "labels": {"port": 80}}]"#),
    ]
    let received = discovery.receive(.files(first.ticket, readings), now: at(10))
    let groups = try #require(received)
    #expect(groups.map(\.source) == ["/t/a.json:0", "/t/a.json:1", "/t/b.yml:0"])
    #expect(groups.addresses == ["h:1", "h:2", "h:3", "i:1"])
    #expect(groups[0].labels == [MetaLabel("__meta_filepath", "/t/a.json"), MetaLabel("x", "y")])
    #expect(discovery.statuses[0].isSynced)
    #expect(discovery.receive(.files(first.ticket, []), now: at(11)) == nil, "an old ticket")

    #expect(discovery.nextStep == 5_010)
    #expect(discovery.step(now: at(5_009)) == [])
    let second = try #require(discovery.step(now: at(5_010)).first?.query)
    #expect(
      second.known == ["/t/a.json": stamp, "/t/b.yml": FileStamp(modifiedNanoseconds: 1, byteCount: 2, inode: 3)]
    )
    let broken = [contents("/t/a.json", #"[{"targets": ["#), FileReading("/t/b.yml", .failed("permission denied"))]
    #expect(discovery.receive(.files(second.ticket, broken), now: at(5_020)) == nil)
    #expect(discovery.groups == groups)
    #expect(discovery.statuses[0].problem?.hasPrefix("/t/a.json: ") == true)

    let third = try #require(discovery.step(now: at(10_020)).first?.query)
    #expect(third.known.keys.sorted() == ["/t/b.yml"], "what was broken is read again")
    let half = [contents("/t/a.json", #"[{"targets": ["h:9"]}]"#)]
    #expect(discovery.receive(.files(third.ticket, half), now: at(10_020))?.addresses == ["h:9"])
    #expect(discovery.statuses[0].problem == nil)

    let refresh = try #require(discovery.step(now: at(15_020)).first?.query)
    #expect(refresh.known == [:], "12 s are over")
    #expect(discovery.receive(.files(refresh.ticket, half), now: at(15_020)) == nil)
    let gone = try #require(discovery.step(now: at(20_020)).first?.query)
    #expect(discovery.receive(.failed(gone.ticket, reason: "no such directory"), now: at(20_020)) == nil)
    #expect(discovery.groups.addresses == ["h:9"])
    let last = try #require(discovery.step(now: at(25_020)).first?.query)
    #expect(discovery.receive(.files(last.ticket, []), now: at(25_020)) == [])
  }

  @Test func knowsNoMoreFilesThanItsBound() throws {
    var discovery = try discovery(#""file_sd_configs": [{"files": ["*.json"]}]"#)
    let query = try #require(discovery.step(now: at(0)).first?.query)
    let readings = (0...FileDiscovery.fileCountMax).map { contents("\($0).json", #"[{"targets": ["a"]}]"#) }
    #expect(discovery.receive(.files(query.ticket, readings), now: at(0))?.count == FileDiscovery.fileCountMax)
    #expect(discovery.statuses[0].problem == "the patterns match over 1000 files")
  }

  @Test(arguments: [
    ("a.json", "a.json", true), ("a.json", "b.json", false), ("/x/*.yml", "a.yml", true), ("*.yml", ".yml", true),
    ("*.yml", "a.yaml", false), ("a*b*c.json", "abbbc.json", true), ("a*b*c.json", "acb.json", false),
    ("?.json", "a.json", true), ("?.json", ".json", false), ("*?.json", "ab.json", true), ("**.JSON", "x.JSON", true),
  ])
  func patterns(pattern: String, name: String, matches: Bool) throws {
    #expect(try #require(FilePattern(pattern)).matches(name) == matches)
  }

  @Test(arguments: ["", "a", "a.txt", "/x/*/a.json", "/?/a.json", "[ab].json", "a\\*.json", "a.json/b", "*"])
  func refusesPatterns(pattern: String) {
    #expect(FilePattern(pattern) == nil)
  }
}
