import Agent
import Samples
import Testing

/// What the remote-write 1.0 specification says of receivers.
@Suite struct WriteSpecification1Tests {
  private typealias W = WriteRequests
  private let good = W.series1([("__name__", "m"), ("a", "b")], samples: [W.sample(1.5, 1_000)])

  @Test func successIsAnswered2xxWithAnEmptyBody() {
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(good, type: W.type1)
    #expect(answer.status == 204 && answer.text.isEmpty)
    #expect(batch.values == [(1.5 as Double).bitPattern] && batch.timestamps == [1_000] && batch.stream == 9)
    #expect(harness.table.labels(batch.references[0]).map { $0.name } == [W.bytes("__name__"), W.bytes("a")])
  }

  @Test func requestsOfLaterMinorVersionsAreRead() {
    // Fields that 1.0 doesn't know, of each wire type, at each level.
    let unknown = W.number(9, 7) + W.double(10, 1) + W.field(11, [1, 2]) + [12 << 3 | 5, 0, 0, 0, 0]
    let labels = W.field(1, W.field(1, W.bytes("__name__")) + W.field(2, W.bytes("m")) + unknown)
    let series = W.field(1, labels + unknown + W.field(2, W.sample(2, 5) + unknown))
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(unknown + series, type: W.type1)
    #expect(answer.status == 204)
    #expect(batch.values == [(2 as Double).bitPattern] && batch.timestamps == [5])
  }

  @Test func anEmptyRequestAsksForTheVersionAndIsWelcome() {
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange([], type: W.type1)
    #expect(answer.status == 204 && batch.isEmpty)
  }

  @Test(
    arguments: [
      [("__name__", "m"), ("a", "1"), ("a", "2")], [("__name__", "m"), ("", "1")], [("a", "1")],
    ] as [[(String, String)]]
  )
  func invalidSamplesAreAnswered400AndValidOnesKept(labels: [(String, String)]) {
    let bad = W.series1(labels, samples: [W.sample(1, 1), W.sample(2, 2)])
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(good + bad + good, type: W.type1)
    #expect(answer.status == 400)
    #expect(batch.count == 2)
    #expect(answer.text.contains("2 samples refused") && answer.text.contains("2 samples kept"))
  }

  @Test func labelValuesThatAreNotUTF8AreInvalid() {
    let label = W.field(1, W.field(1, W.bytes("__name__")) + W.field(2, [0xff]))
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(good + W.field(1, label + W.field(2, W.sample(1, 1))), type: W.type1)
    #expect(answer.status == 400 && batch.count == 1)
    #expect(answer.text.contains("invalid_labels"))
  }

  @Test func labelValuesMayBeAnyUTF8() {
    let value = "\u{0} \n\"\\ é \u{1F600} \u{202E}"
    var harness = ReceiverHarness()
    let series = W.series1([("__name__", "m"), ("v", value)], samples: [W.sample(1, 1)])
    let (answer, batch) = harness.exchange(series, type: W.type1)
    #expect(answer.status == 204)
    #expect(harness.table.labels(batch.references[0])[1].value == W.bytes(value))
  }

  @Test(arguments: [WriteOutcome.full, .degraded, .stopping])
  func failureThatShouldBeRetriedIsAnswered5xx(outcome: WriteOutcome) {
    var harness = ReceiverHarness()
    let (answer, _) = harness.exchange(good, type: W.type1, outcome: outcome)
    #expect(answer.status == 503 && answer.text.contains("nothing was kept"))
    #expect(answer.header("Retry-After").flatMap { Int($0) } ?? 0 > 0)
  }

  @Test func requestsThatCanNeverSucceedAreAnswered4xxWithAReason() {
    for body: [UInt8] in [[0x0a, 5, 1], [0], [0x0a, 2, 0x12, 9]] {
      var harness = ReceiverHarness()
      let (answer, batch) = harness.exchange(body, type: W.type1)
      #expect(answer.status == 400 && !answer.text.isEmpty && batch.isEmpty, "\(body)")
    }
  }

  @Test func staleMarkersAndOtherBitsAreKept() {
    let patterns: [UInt64] = [
      staleMarkerBits, 0x7ff8_0000_0000_0001, 0x8000_0000_0000_0000, Double.infinity.bitPattern, 1,
      0xffff_ffff_ffff_ffff,
    ]
    let samples = patterns.indices.map { W.sample(bits: patterns[$0], Int64($0)) }
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(W.series1([("__name__", "m")], samples: samples), type: W.type1)
    #expect(answer.status == 204 && batch.values == patterns)
  }

  @Test func senderOf1IsToldNothingOfWrittenCounts() {
    var harness = ReceiverHarness()
    #expect(harness.exchange(good, type: W.type1).0.written == [nil, nil, nil])
  }

  @Test func exemplarsHistogramsAndMetadataAreKeptAsTheyAre() {
    let exemplar = W.label("trace_id", "x") + W.double(2, 7) + W.number(3, 6)
    let histogram = W.number(1, 5) + W.double(3, 9) + W.number(15, 8) + [0x82, 0x01, 8, 0, 0, 0, 0, 0, 0, 0, 0]
    let metadata = W.number(1, 1) + W.field(2, W.bytes("m")) + W.field(4, W.bytes("help"))
    let more = W.field(3, exemplar) + W.field(4, histogram)
    var harness = ReceiverHarness()
    let body = W.series1([("__name__", "m")], samples: [], more: more) + W.field(3, metadata)
    let (answer, batch) = harness.exchange(body, type: W.type1)
    #expect(answer.status == 204)
    #expect(batch.items.map(\.message) == [exemplar, histogram, metadata])
    #expect(batch.items.map(\.kind) == [.exemplar, .histogram, .metadata])
    #expect(batch.items.map(\.timestamp) == [6, 8, 0])
  }

  @Test func labelsThatComeUnsortedAreSorted() {
    var harness = ReceiverHarness()
    let sorted = W.series1([("__name__", "m"), ("a", "1"), ("b", "2")], samples: [W.sample(1, 1)])
    let unsorted = W.series1([("b", "2"), ("__name__", "m"), ("empty", ""), ("a", "1")], samples: [W.sample(1, 2)])
    let (_, batch) = harness.exchange(sorted + unsorted, type: W.type1)
    #expect(batch.references.count == 2 && batch.references[0] == batch.references[1])
  }
}
