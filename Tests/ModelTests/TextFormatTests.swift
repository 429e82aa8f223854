import Foundation
import Model
import Testing

@Suite struct TextFormatTests {
  private static let samples: [TextFormat: [String]] = [
    .dnsLabel: ["a", "observability-gp3", String(repeating: "a", count: 63), "-a", "a-", "A"],
    .clusterName: [
      "main", "eks_1-b", "0", "a/b", "a.b", "-a", "_a", "", String(repeating: "c", count: 100),
      String(repeating: "c", count: 101),
    ],
    .name: ["main", "alias/observability", "eu-central-1", "a.b_c", "-x", String(repeating: "n", count: 101)],
    .kmsAlias: [
      "alias/observability", "alias/", "observability", "alias/a b", "alias/" + String(repeating: "k", count: 95),
    ],
    .httpURL: [
      "http://a/", "http://a//", "http://a/b/c.d~",
      "http://a", "https://prometheus.example.com:9090/api/v1", "http://a:", "http://a.", "http://a:123456", "ftp://a",
      "http://a/b?c", "http://" + String(repeating: "h", count: 253), "http://" + String(repeating: "h", count: 254),
    ],
    .httpURLs: [
      "none", "http://a", "http://a:9093,https://b.c/d", "http://a,http://a,http://a,http://a,http://a",
      "http://a,http://a,http://a,http://a,http://a,http://a", "", "none,http://a", "http://a,", "http://a, http://b",
      "http://" + String(repeating: "h", count: 254),
    ],
    .urlPath: [
      "/", "/api/v1/write", "/insert/0:1/prometheus/api/v1/write", "/a?db=x&p=%20", "a", "/a?", "/a b", "/a#b",
      "/a?b?c",
      "/" + String(repeating: "p", count: 199), "/" + String(repeating: "p", count: 200),
    ],
    .cidr: ["10.0.0.0/16", "10.0.0.0", "999.1.1.1/99", "1.2.3/4", "1.2.3.4/", "1.2.3.4/123"],
    .path: ["/", "/a", "/var/lib/rescfg", "/a//b", "/a/", "/../x", "/a/.b", "/a.b", "a"],
    .image: [
      "a:b", "prom/prometheus:v3.5.0", "r:5000/a:b", "a", "a@sha256:" + String(repeating: "0", count: 64),
      "a@sha256:" + String(repeating: "0", count: 63), "a:b@sha256:" + String(repeating: "f", count: 64), "a:-b",
      "a:" + String(repeating: "t", count: 128), "a:" + String(repeating: "t", count: 129), "a::b", "A:b",
    ],
    .awsSchedule: ["cron(0 3 * * ? *)", "rate(1 day)", "cron()", "cron(x", "rate(1;2)"],
    .line: ["x", "", "\u{7f}", "\u{85}", "\u{9f}", "\u{a0}", "é\u{301}", String(repeating: "🙂", count: 200), "a\n"],
  ]

  /// `matches` and `pattern` are two spellings of one thing: texts near its edges get one answer from both.
  @Test func swiftAndPatternAgree() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = Linear(state: seed)
    var cases: [(format: TextFormat, text: String)] = []
    for format in TextFormat.allCases {
      let samples = Self.samples[format] ?? []
      #expect(samples.contains { format.matches($0) } && samples.contains { !format.matches($0) }, "\(format)")
      for sample in samples {
        cases.append((format, sample))
        for _ in 0..<60 { cases.append((format, mutated(sample, &random))) }
      }
    }
    let answer = try python("match_patterns.py", cases.map { [$0.format.pattern, $0.text] })
    let matches = try #require(answer as? [Bool])
    #expect(matches.count == cases.count)
    for (it, matches) in zip(cases, matches) {
      #expect(it.format.matches(it.text) == matches, "seed \(seed): \(it.format) \(it.text.debugDescription)")
    }
  }

  private func mutated(_ text: String, _ random: inout Linear) -> String {
    var scalars = Array(text.unicodeScalars)
    let alphabet = Array("aZ09-_./:@ ,?*#()=&%\n\u{0}\u{7f}\u{85}éѕ".unicodeScalars)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0...scalars.count, using: &random)
      let new = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      switch Int.random(in: 0..<3, using: &random) {
      case 0: scalars.insert(new, at: place)
      case 1 where place < scalars.count: scalars[place] = new
      default: if place < scalars.count { scalars.remove(at: place) }
      }
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  private func python(_ script: String, _ request: Any) throws -> Any {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "rescfg-\(UUID().uuidString)")
    let tools = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
      path: "Tools"
    )
    try JSONSerialization.data(withJSONObject: request).write(to: scratch)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: scratch) } }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", tools.appending(path: script).path]
    process.standardInput = try FileHandle(forReadingFrom: scratch)
    process.standardOutput = output
    try process.run()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try JSONSerialization.jsonObject(with: answer)
  }
}

/// A small reproducible generator: Knuth's linear congruential one, upper bits.
private struct Linear: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    var result: UInt64 = 0
    for _ in 0..<2 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      result = result << 32 | state >> 32
    }
    return result
  }
}
