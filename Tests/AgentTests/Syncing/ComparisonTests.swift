import Testing

@testable import Agent

@Suite struct TimeGridTests {
  @Test func everyMillisecondIsInOneRange() {
    var random = SeededGenerator(seed: 11)
    for span in [0, 60_000, 3_600_000, 86_400_000, 30 * 86_400_000] as [Int64] {
      let grid = TimeGrid(span: span)
      #expect(grid.width % 60_000 == 0 && grid.width >= 60_000 && span / grid.width <= 288)
      for _ in 0..<1000 {
        let time = Int64.random(in: -10_000_000_000...4_000_000_000_000, using: &random)
        let range = grid.range(of: time)
        #expect(grid.start(of: range) <= time && time <= grid.end(of: range), "\(time) with \(grid.width)")
        #expect(grid.range(of: grid.end(of: range)) == range && grid.range(of: grid.start(of: range)) == range)
      }
      for time in [Int64.min, .max] { _ = grid.range(of: time) }
    }
  }
}

@Suite struct CentreQuestionTests {
  private func question(_ labels: [(name: String, value: String)]) -> CentreQuestion {
    CentreQuestion(
      number: 1,
      witnesses: [Witness(labels)],
      witnessNumbers: [5],
      ranges: 10...12,
      cut: nil,
      grid: TimeGrid(span: 0)
    )
  }

  @Test func isAFormThatNamesOneSeries() {
    let form = String(
      decoding: question([(name: "__name__", value: "up"), (name: "path", value: "C:\\a \"b\"\n")]).form,
      as: UTF8.self
    )
    #expect(
      form.hasPrefix(
        "query=label_replace%28count_over_time%28%7B__name__%3D%22up%22%2Cpath%3D%22C%3A%5C%5Ca+%5C%22b%5C%22%5Cn%22%7D%5B60s%5D%29"
      )
    )
    #expect(form.hasSuffix("&start=600.501&end=720.501&step=60&nocache=1"))
  }

  private func counts(_ body: String) throws -> [Int: [RangeCounts.Entry]] {
    let asked = question([(name: "__name__", value: "up"), (name: "job", value: "a")])
    return try CentreAnswer(asked, .answered(status: 200, body: Array(body.utf8))).counts.mapValues(\.entries)
  }

  @Test func anAnswerIsReadBySeries() throws {
    let one = "{\"metric\":{\"job\":\"a\",\"rescfg_witness\":\"0\"},\"values\":[[600.501,\"4\"],[660.501,\"3\"]]}"
    // One with more labels is another series.
    let other = "{\"metric\":{\"job\":\"a\",\"x\":\"y\",\"rescfg_witness\":\"0\"},\"values\":[[600.501,\"9\"]]}"
    let stray = "{\"metric\":{\"job\":\"a\",\"rescfg_witness\":\"7\"},\"values\":[[600.501,\"9\"]]}"
    let body = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[\(one),\(other),\(stray)]}}"
    #expect(try counts(body) == [5: [.init(range: 10, count: 4), .init(range: 11, count: 3)]])
    #expect(try counts("{\"status\":\"success\",\"data\":{\"result\":[]}}").isEmpty)
  }

  @Test(arguments: [
    "", "{}", "[]", "{\"status\":\"error\",\"data\":{\"result\":[]}}", "{\"status\":\"success\"}",
    "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{},\"values\":[[1]]}]}}",
    "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{},\"values\":[[1,\"-4\"]]}]}}",
    "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{},\"values\":[[1,\"x\"]]}]}}",
    "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{},\"values\":[[1,\"1\",2]]}]}}",
    "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{},\"values\":[[660.501,\"1\"],[600.501,\"1\"]]}]}}",
  ])
  func whatIsNoAnswerIsNotTakenForNothing(body: String) {
    #expect(throws: CentreAnswer.Problem.self) { try counts(body) }
  }

  @Test func aStatusOtherThanSuccessIsAProblem() {
    let asked = question([(name: "__name__", value: "up")])
    #expect(throws: CentreAnswer.Problem.self) {
      try CentreAnswer(
        asked,
        .answered(status: 503, body: Array("{\"status\":\"success\",\"data\":{\"result\":[]}}".utf8))
      )
    }
    #expect(throws: CentreAnswer.Problem.self) { try CentreAnswer(asked, .failed("no route")) }
  }
}

@Suite struct RangeCountsTests {
  /// Against a dictionary, in all orders in which counts can come.
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64]) func addsUpInWhateverOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (expected, counts) = ([Int64: Int](), RangeCounts())
    for _ in 0..<20 {
      var (part, start) = (RangeCounts(), Int64.random(in: -50...50, using: &random))
      for _ in 0..<Int.random(in: 0...300, using: &random) {
        let count = Int.random(in: 1...9, using: &random)
        part.add(count, to: start)
        expected[start, default: 0] += count
        start += Int64.random(in: seed % 2 == 0 ? 0...2 : -3...3, using: &random)
      }
      if Bool.random(using: &random) { part.sort() }
      counts.add(part)
      if Bool.random(using: &random) { counts.sort() }
    }
    counts.sort()
    #expect(counts.entries.map(\.range) == expected.keys.sorted(), "seed \(seed)")
    #expect(counts.entries.map(\.count) == expected.sorted { $0.key < $1.key }.map(\.value), "seed \(seed)")
    for range in Int64(-200)...200 { #expect(counts[range] == expected[range], "seed \(seed)") }
  }

  /// Two streams of samples whose ranges alternate take no more room than their ranges.
  @Test func doesNotGrowWithSamples() {
    var counts = RangeCounts()
    for sample in 0..<100_000 { counts.add(1, to: Int64(sample % 2)) }
    #expect(counts.entries.count <= 1024)
    counts.sort()
    #expect(counts.entries.map(\.count) == [50_000, 50_000])
  }

  @Test func partsInFrontAndBehindArePutInTheirPlace() {
    var counts = RangeCounts()
    for range in [5, 9, 1] as [Int64] {
      var part = RangeCounts()
      part.add(1, to: range)
      part.add(2, to: range + 1)
      counts.add(part)
    }
    #expect(counts.entries.map(\.range) == [1, 2, 5, 6, 9, 10])
    #expect(counts.total == 9)
  }
}
