import JSON
import Output
import Testing

@Suite struct ManifestTests {
  private let digest = String(repeating: "0123456789abcdef", count: 4)

  private func read(_ text: String) throws(Manifest.ReadingError) -> Manifest {
    try Manifest(reading: Array(text.utf8))
  }

  @Test func readsWhatItWrites() throws {
    let manifest = Manifest([
      .init(path: path("b/é \"x\".yml"), digest: digest, environment: "prod", version: "1.0"),
      .init(path: path("a"), digest: digest, environment: "pröd\n\u{2028}\u{1F600}", version: ""),
    ])
    #expect(try read(manifest.text) == manifest)
    #expect(try read(Manifest([]).text) == Manifest([]))
    #expect(manifest.records.map(\.path.text) == ["a", "b/é \"x\".yml"])
  }

  @Test func layoutAndOrderOfKeysAreFree() throws {
    let text = #"{"files":[{"version":"1","environment":"\ud83d\ude00","sha256":"\#(digest)","path":"a\/b"}]}"#
    let record = try #require(try read(text).records.first)
    #expect(record.path == path("a/b"))
    #expect(record.environment == "\u{1F600}")
  }

  /// Each could make us remove a file that isn't ours, or hide that the file is damaged.
  @Test(arguments: [
    "", "{", "{}", "[]", "null", #"{"files":[]} x"#, #"{"files":[],"files":[]}"#, #"{"files":[,]}"#,
    #"{"files":[{}]}"#, #"{"files":[{"path":"a"}]}"#, #"{"other":[]}"#, #"{"files":["a"]}"#,
    #"{"files":[{"path":"../a","sha256":"D","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":"/a","sha256":"D","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":"a//b","sha256":"D","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":"a/./b","sha256":"D","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":"","sha256":"D","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":"a\u0000","sha256":"D","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":".rescfg-manifest.json","sha256":"D","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":".rescfg-staging/0","sha256":"D","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":"a","sha256":"abc","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":"a","path":"b","sha256":"D","environment":"e","version":"v"}]}"#,
    #"{"files":[{"path":"a","sha256":"D","environment":"\ud800","version":"v"}]}"#,
    "{\"files\":[{\"path\":\"a\nb\",\"sha256\":\"D\",\"environment\":\"e\",\"version\":\"v\"}]}",
  ])
  func refusesAnythingElse(text: String) {
    let whole = text.split(separator: "\"D\"", omittingEmptySubsequences: false).joined(separator: "\"\(digest)\"")
    #expect(throws: Manifest.ReadingError.self) { try read(whole) }
  }

  @Test func refusalIsLocated() {
    do throws(Manifest.ReadingError) {
      _ = try read("{\n  \"files\": [\n    {\"path\": 7}\n  ]\n}\n")
      Issue.record("it was read")
    } catch {
      #expect((error.line, error.column) == (3, 14))
      #expect(error.expected == "'\"'")
    }
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    let bytes = Array("{\"files\":[{\"path\":\"".utf8) + [0xff] + Array("\"}]}".utf8)
    #expect(throws: Manifest.ReadingError.self) { try Manifest(reading: bytes) }
  }
}
