import Loading
import Testing

/// Files that are made to hurt: each is refused by a few located messages.
@Suite struct HostileInputTests {
  @Test func fileOverTheLimitIsRefusedUnread() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 10_000_000)
    #expect(problems(bytes) == ["1:1 file-too-large"])
    #expect(problems([UInt8](repeating: UInt8(ascii: "#"), count: maximumModelSize + 1)) == ["1:1 file-too-large"])
    #expect(problems([UInt8](repeating: UInt8(ascii: "#"), count: maximumModelSize)) == ["1:1 empty-file"])
  }

  @Test(arguments: ["[", "{", "- ", "? ", "{a: ", "[{"]) func nestingWithoutEnd(opening: String) {
    let text = String(repeating: opening, count: 100_000 / opening.utf8.count)
    let found = problems(text)
    #expect(found.last?.hasSuffix(" too-deep") == true, "\(found)")
    #expect(found.count <= 20)
  }

  @Test(arguments: [
    "- *a\n", "k: *a\n", "- &a x\n", "- !t x\n", "k: 1\n", "x y z\n", "\"", "'", "%\n", "&", "*", "a:\n ",
  ])
  func repeatedEndlessly(piece: String) {
    let text = "version: 1\nextra_rules:\n" + String(repeating: piece, count: 200_000 / piece.utf8.count)
    let found = problems(text)
    #expect(!found.isEmpty)
    #expect(found.count <= 101)
  }

  @Test func unknownKeysBeyondAHundredAreCounted() {
    let keys = (0..<20_000).map { "remote_write_max_backof\($0): 30s\n" }.joined()
    let found = problems("version: 1\n" + keys)
    #expect(found.count == 101)
    #expect(found.last?.hasSuffix(" more-problems") == true)
  }

  @Test(arguments: [
    ("version: 1\ncontact: \u{7}\n", "2:10 control-character"),
    ("version: 1\ncontact: \u{85}\n", "2:10 control-character"),
    ("version: 1\nä\u{2029}b: 1\n", "2:2 control-character"), ("version: 1\n\0", "2:1 binary-file"),
  ])
  func charactersThatEditorsAndReadersSeeDifferently(text: String, problem: String) {
    #expect(problems(text) == [problem])
  }

  @Test(
    arguments: [
      [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0xff, 0xfe, 0x61, 0],
    ] as [[UInt8]]
  )
  func whatIsNotUTF8(bytes: [UInt8]) {
    #expect(problems(Array("# ä\n#".utf8) + bytes) == ["2:2 not-utf8"])
  }

  /// Any text at all gives a model or messages: no trap, no endless loop.
  @Test func randomTextIsReadOrRefused() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    let pieces = [
      "version: 1\n", "environments:", " ", "  ", "\n", "- ", "{", "}", "[", "]", ": ", ",", "&a ", "*a ", "!t ", "|\n",
      ">-\n",
      "\"", "'", "#", "load", "nodes", "3", "30s", "survive", "prod", "%YAML 1.2\n", "---\n", "...\n", "<<", "?", "\t",
      "\\", "é",
      "scrape_configs", "job_name", "null", "~",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      let found = problems(text.joined())
      #expect(found.allSatisfy { $0.first?.isNumber == true || !$0.contains(" ") }, "seed \(seed): \(text)")
    }
  }
}

/// A small reproducible generator (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
