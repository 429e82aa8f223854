import Testing

@testable import Agent

@Suite struct SelectionParserTests {
  private func taken(_ text: String, _ labels: [(String, String)]) throws -> Bool {
    try SelectionParser.parse(text).matches(labels.map { (name: Array($0.0.utf8), value: Array($0.1.utf8)) })
  }

  private static let up = [("__name__", "up"), ("instance", "a:9100"), ("job", "node")]

  @Test(arguments: [
    "up", "up{}", " up { job = \"node\" , } ", "{__name__=\"up\"}", "{\"up\"}", "up{job='node'}", "up{job=`node`}",
    "up{job!=\"other\"}", "up{job=~\"no.*|x\"}", "up{job!~\"x.*\"}", "up{missing=\"\"}", "up{instance=~\"a:[0-9]+\"}",
    "{job=~\".+\"}",
  ])
  func takes(text: String) throws { #expect(try taken(text, Self.up)) }

  @Test(arguments: [
    "down", "up{job=\"no\"}", "up{job=~\"no\"}", "up{job!=\"node\"}", "up{job!~\"n.*\"}", "up{missing!=\"\"}",
    "up{missing=~\".+\"}",
  ])
  func leaves(text: String) throws { #expect(try !taken(text, Self.up)) }

  @Test(arguments: [
    "", "{}", "{job=~\".*\"}", "rate(up[5m])", "up + up", "up offset 5m", "up @ 0", "sum(up)", "1", "\"text\"",
    "up[5m:1m]",
    "up{job}", "up{job=}", "up{job=\"x}", "up{job=node}", "up{job==\"x\"}", "up{=\"x\"}", "up{job=\"\\q\"}", "up[]",
    "up[5]", "up[0s]", "up{job=~\"(\"}", "up}", "up{job=\"a\"", "-up", "up > 1", "up{job=\"a\",,}", "up\u{0}",
  ])
  func refuses(text: String) {
    let failure = #expect(throws: SelectionFailure.self) { try SelectionParser.parse(text) }.map { QueryFailure($0) }
    #expect(failure?.kind == .badData && failure?.message.isEmpty == false)
  }

  @Test func aRangeIsRead() throws {
    #expect(try SelectionParser.parse("up[5m]").range == 300_000)
    #expect(try SelectionParser.parse("up{job=\"a\"} [ 1h30m ]".replacing(" 1h30m ", with: "1h30m")).range == 5_400_000)
    #expect(try SelectionParser.parse("up").range == nil)
  }

  @Test func nothingOfAQueryIsUnbounded() {
    #expect(throws: SelectionFailure.self) { try SelectionParser.parse(String(repeating: "a", count: 20_000)) }
    let many = (0..<100).map { "a\($0)=\"x\"" }.joined(separator: ",")
    #expect(throws: SelectionFailure.self) { try SelectionParser.parse("{\(many)}") }
  }
}
