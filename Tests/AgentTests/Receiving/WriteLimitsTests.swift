import Agent
import Samples
import Testing

@Suite struct WriteLimitsTests {
  private typealias W = WriteRequests

  private func series(_ samples: [[UInt8]]) -> [UInt8] { W.series1([("__name__", "m")], samples: samples) }

  private func answer(_ received: WriteReceiver.Received) -> WriteAnswer? {
    if case .refused(let answer) = received { answer } else { nil }
  }

  @Test func bodyIsBounded() {
    var harness = ReceiverHarness(limits: WriteLimits(compressedByteCountMax: 100))
    #expect(answer(harness.receive(raw: [UInt8](repeating: 0, count: 101), type: W.type1))?.status == 413)
  }

  @Test func inflatedBodyIsBoundedBeforeItIsInflated() {
    var harness = ReceiverHarness(limits: WriteLimits(inflatedByteCountMax: 1000))
    // Announces four gigabytes.
    #expect(answer(harness.receive(raw: [0xff, 0xff, 0xff, 0xff, 0x0f, 0], type: W.type2))?.status == 413)
    let bomb = SnappyBlock.compress([UInt8](repeating: 0, count: 1001))
    let answer = answer(harness.receive(raw: bomb, type: W.type2))
    #expect(answer?.status == 413 && answer?.written == ["0", "0", "0"])
  }

  @Test func samplesOfARequestAreBounded() {
    var harness = ReceiverHarness(limits: WriteLimits(message: RemoteWriteLimits(sampleCountMax: 3)))
    let samples = (0..<4).map { W.sample(1, Int64($0)) }
    #expect(harness.exchange(series(samples), type: W.type1).0.status == 413)
    #expect(harness.exchange(series(Array(samples.dropLast())), type: W.type1).0.status == 204)
    // Neither series without samples nor metadata get round it.
    #expect(harness.exchange((0..<4).flatMap { _ in series([]) }, type: W.type1).0.status == 413)
    #expect(harness.exchange((0..<4).flatMap { _ in W.field(3, W.number(1, 1)) }, type: W.type1).0.status == 413)
  }

  @Test func labelsAreBoundedByCountAndLength() {
    let limits = RemoteWriteLimits(
      labelCountMax: 3,
      labelNameByteCountMax: 20,
      labelValueByteCountMax: 30,
      labelsByteCountMax: 60
    )
    let long = String(repeating: "v", count: 31)
    for labels in [
      [("__name__", "m"), ("a", "1"), ("b", "2"), ("c", "3")], [("__name__", long)],
      [("__name__", "m"), (String(repeating: "n", count: 21), "1")],
      [("__name__", "m"), ("a", String(long.dropFirst())), ("b", String(long.dropFirst()))],
    ] {
      var harness = ReceiverHarness(limits: WriteLimits(message: limits))
      let body = W.series1(labels, samples: [W.sample(1, 1)]) + series([W.sample(1, 1)])
      let (answer, batch) = harness.exchange(body, type: W.type1)
      #expect(answer.status == 400 && answer.text.contains("1 samples refused: label_limit"), "\(labels)")
      #expect(batch.count == 1 && harness.table.count == 1)
      var version2 = W.Version2()
      version2.add(labels, samples: [W.sample(1, 1)])
      #expect(harness.exchange(version2.body, type: W.type2).0.text.contains("label_limit"), "\(labels)")
    }
  }

  @Test func timestampsAheadOfTheClockAreRefusedAloneAndCounted() {
    let now = ReceiverHarness.now.wall
    let samples = [now, now + 600_000, now + 600_001, .max, -1, .min, 0].map { W.sample(1, $0) }
    let histograms = [now, now + 600_001].flatMap { W.field(4, W.number(15, $0)) }
    var harness = ReceiverHarness()
    let body = W.series1([("__name__", "m")], samples: samples, more: histograms)
    guard case .taken(let batch, let summary) = harness.receive(body, type: W.type1) else {
      Issue.record("refused")
      return
    }
    #expect(batch.timestamps == [now, now + 600_000, 0])
    #expect(summary.content.refused == [.timestamp: 5] && summary.content.histograms == 1)
    #expect(harness.receiver.answer(for: summary, outcome: .durable).status == 400)
  }

  @Test func clockAtTheEndOfTimeIsNoTrap() {
    var harness = ReceiverHarness()
    for wall in [Int64.max, .min, -1] {
      harness.now = Moment(monotonic: 0, wall: wall)
      _ = harness.exchange(series([W.sample(1, 1)]), type: W.type1)
    }
  }

  @Test func itemsAreBoundedEachAndTogether() {
    let limits = RemoteWriteLimits(itemByteCountMax: 40, itemsByteCountMax: 100)
    let large = W.field(4, W.field(8, [UInt8](repeating: 0, count: 41)))
    let small = W.field(4, W.field(8, [UInt8](repeating: 0, count: 34)))
    var harness = ReceiverHarness(limits: WriteLimits(message: limits))
    let body = W.series1([("__name__", "m")], samples: [], more: large + small + small + small)
    guard case .taken(let batch, let summary) = harness.receive(body, type: W.type1) else {
      Issue.record("refused")
      return
    }
    #expect(batch.items.count == 2 && summary.content.refused == [.itemTooLarge: 2])
  }

  @Test func fewBytesOfSymbolsDoNotBecomeManyOfMetadata() {
    var request = W.Version2()
    let help = request.reference(String(repeating: "h", count: 10_000))
    for number in 0..<2_000 {
      let metadata = W.field(5, W.number(1, 1) + W.number(3, Int64(help)))
      request.add([("__name__", "m\(number)")], samples: [W.sample(1, 1)], more: metadata)
    }
    var harness = ReceiverHarness(limits: WriteLimits(message: RemoteWriteLimits(itemsByteCountMax: 100_000)))
    let (answer, batch) = harness.exchange(request.body, type: W.type2)
    #expect(answer.status == 400 && batch.count == 2_000 && batch.items.count == 9)
  }

  @Test func fewBytesOfSymbolsDoNotBecomeManyOfLabels() {
    var request = W.Version2()
    for number in 0..<200 {
      request.add([("__name__", "m"), ("l", String(repeating: "l", count: 5_000)), ("n", "\(number)")], samples: [])
    }
    let limits = RemoteWriteLimits(unknownLabelsByteCountMax: 500_000)
    var harness = ReceiverHarness(limits: WriteLimits(message: limits))
    #expect(harness.exchange(request.body, type: W.type2).0.status == 413)
  }

  @Test(arguments: 1...300 as ClosedRange<UInt64>) func brokenRequestsNeverTrap(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var request = W.Version2()
    let metadata = W.field(5, W.number(1, 1) + W.number(3, Int64(request.reference("help"))))
    let exemplar = W.field(4, W.field(1, [1, 2]) + W.double(2, 7) + W.number(3, 6))
    request.add([("__name__", "m"), ("a", "b")], samples: [W.sample(1, 1)], more: metadata + exemplar)
    request.add([("__name__", "h")], samples: [], more: W.field(3, W.number(15, 3)))
    let version1 = W.series1([("__name__", "m")], samples: [W.sample(1, 1)], more: exemplar) + W.field(3, [8, 1])
    for (body, type) in [(request.body, W.type2), (version1, W.type1)] {
      var (body, harness) = (body, ReceiverHarness())
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        body[Int.random(in: body.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let (answer, batch) = harness.exchange(body, type: type)
      #expect([204, 400, 413].contains(answer.status), "seed \(seed)")
      #expect(batch.values.count == batch.count && batch.timestamps.count == batch.count, "seed \(seed)")
    }
  }
}
