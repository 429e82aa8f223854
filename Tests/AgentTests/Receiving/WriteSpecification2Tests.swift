import Agent
import Samples
import Testing

/// What the remote-write 2.0 specification says of receivers.
@Suite struct WriteSpecification2Tests {
  private typealias W = WriteRequests

  private func request(_ build: (inout WriteRequests.Version2) -> Void) -> [UInt8] {
    var request = WriteRequests.Version2()
    build(&request)
    return request.body
  }

  private var good: [UInt8] { request { $0.add([("__name__", "m"), ("a", "b")], samples: [W.sample(1.5, 1_000)]) } }

  @Test func successIsAnswered204WithAnEmptyBodyAndCounts() {
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(good, type: W.type2)
    #expect(answer.status == 204 && answer.text.isEmpty && answer.written == ["1", "0", "0"])
    #expect(batch.values == [(1.5 as Double).bitPattern])
  }

  @Test func writtenCountsAreExactOnPartialWrites() {
    let exemplar = W.double(2, 7) + W.number(3, 6)
    let body = request {
      $0.add([("__name__", "m")], samples: [W.sample(1, 1), W.sample(2, 2)], more: W.field(4, exemplar))
      $0.add([("__name__", "h")], samples: [], more: W.field(3, W.number(1, 5) + W.number(15, 8)))
      $0.add([("nameless", "x")], samples: [W.sample(3, 3)], more: W.field(4, exemplar))
    }
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(body, type: W.type2)
    #expect(answer.status == 400 && answer.written == ["2", "1", "1"])
    #expect(batch.count == 2 && batch.items.count == 2)
  }

  @Test func rejectionsSayHowManyAndWhy() {
    let body = request {
      $0.add([("__name__", "m"), ("m", "1"), ("m", "2")], samples: [W.sample(1, 1), W.sample(2, 2)])
      $0.add([("x", "1")], samples: [W.sample(1, 1)])
    }
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(body, type: W.type2)
    #expect(answer.status == 400 && batch.isEmpty && answer.written == ["0", "0", "0"])
    #expect(answer.text.contains("2 samples refused: invalid_labels"))
    #expect(answer.text.contains("1 samples refused: missing_name"))
    #expect(answer.header("Content-Type") == "text/plain; charset=utf-8")
  }

  @Test(arguments: [WriteOutcome.full, .degraded, .stopping])
  func nothingIsSaidToBeWrittenWhereNothingIs(outcome: WriteOutcome) {
    var harness = ReceiverHarness()
    let (answer, _) = harness.exchange(good, type: W.type2, outcome: outcome)
    #expect(answer.status == 503 && answer.written == ["0", "0", "0"] && answer.header("Retry-After") != nil)
  }

  @Test(arguments: [
    "text/plain", "application/json", "application/x-protobuf;proto=io.prometheus.write.v3.Request",
    "application/x-protobuf;proto", "application/x-protobuf2", "",
  ])
  func unsupportedContentTypesAreAnswered415(type: String) {
    var harness = ReceiverHarness()
    let (answer, _) = harness.exchange(good, type: type)
    #expect(answer.status == 415 && !answer.text.isEmpty)
  }

  @Test(arguments: ["zstd", "gzip", "identity", "snappy, gzip"])
  func unsupportedContentEncodingsAreAnswered415(encoding: String) {
    var harness = ReceiverHarness()
    guard
      case .refused(let answer) = harness.receive(raw: SnappyBlock.compress(good), type: W.type2, encoding: encoding)
    else {
      Issue.record("taken")
      return
    }
    #expect(answer.status == 415)
  }

  @Test(
    arguments: [
      (nil, .version1), ("application/x-protobuf", .version1),
      ("application/x-protobuf;proto=prometheus.WriteRequest", .version1),
      ("application/x-protobuf;proto=io.prometheus.write.v2.Request", .version2),
      ("Application/X-Protobuf ; charset=x; Proto=\"io.prometheus.write.v2.Request\"", .version2),
    ] as [(String?, WriteMessage)]
  )
  func messageIsToldByContentType(type: String?, message: WriteMessage) {
    #expect(WriteMessage(contentType: type) == message)
  }

  @Test func messageOfTheOtherVersionYieldsNothing() {
    // Fields 1 to 3 are reserved in 2.0 and 4 to 5 unknown to 1.0, so that a wrong type gives an empty message and not a wrong one.
    var harness = ReceiverHarness()
    #expect(harness.exchange(good, type: W.type1).1.isEmpty)
    let version1 = W.series1([("__name__", "m")], samples: [W.sample(1, 1)])
    let (answer, batch) = harness.exchange(version1, type: W.type2)
    #expect(batch.isEmpty && answer.written == ["0", "0", "0"])
  }

  @Test func framedSnappyIsRefused() {
    var harness = ReceiverHarness()
    let framed: [UInt8] = [0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59, 1, 5, 0, 0, 0, 0, 0, 0, 0]
    guard case .refused(let answer) = harness.receive(raw: framed, type: W.type2) else {
      Issue.record("taken")
      return
    }
    #expect(answer.status == 400 && answer.text.contains("snappy"))
  }

  @Test func bodyThatIsNotCompressedIsRefused() {
    var harness = ReceiverHarness()
    guard case .refused(let answer) = harness.receive(raw: good, type: W.type2) else {
      Issue.record("taken")
      return
    }
    #expect(answer.status == 400)
  }

  @Test func requestsOfLaterMinorVersionsAreRead() {
    let unknown = W.number(14, 7) + W.double(13, 1) + W.field(12, [1, 2])
    let body =
      request { $0.add([("__name__", "m")], samples: [W.sample(1, 1) + unknown], more: unknown) } + W.number(15, 1)
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(body, type: W.type2)
    #expect(answer.status == 204 && batch.count == 1)
  }

  @Test func startTimestampOfZeroIsNone() {
    let body = request { $0.add([("__name__", "m")], samples: [W.sample(1, 1) + W.number(3, 0)]) }
    var harness = ReceiverHarness()
    let (answer, batch) = harness.exchange(body, type: W.type2)
    #expect(answer.status == 204 && batch.timestamps == [1])
  }

  @Test func seriesWithoutMetadataIsTaken() {
    var harness = ReceiverHarness()
    #expect(harness.exchange(good, type: W.type2).0.status == 204)
  }

  @Test func aRetriedRequestGivesTheSameAgain() {
    let body = request {
      let metadata = W.number(1, 1) + W.number(3, Int64($0.reference("help")))
      $0.add([("__name__", "m")], samples: [W.sample(1, 1)], more: W.field(5, metadata))
    }
    var harness = ReceiverHarness()
    let (first, batch) = harness.exchange(body, type: W.type2, outcome: .full)
    let (second, again) = harness.exchange(body, type: W.type2)
    #expect(first.status == 503 && second.status == 204)
    #expect(again.references == batch.references && again.values == batch.values && again.items == batch.items)
    #expect(again.items.count == 1)
  }

  @Test func symbolsThatTheRequestDoesNotHoldCostTheirSeriesOnly() {
    for references: [UInt8] in [[1, 100], [1], [100, 1]] {
      let body = request {
        $0.add([("__name__", "m")], samples: [W.sample(1, 1)])
        $0.series.append(W.field(1, references) + W.field(2, W.sample(2, 2)))
      }
      var harness = ReceiverHarness()
      let (answer, batch) = harness.exchange(body, type: W.type2)
      #expect(answer.status == 400 && answer.written[0] == "1" && batch.count == 1, "\(references)")
    }
  }

  @Test func symbolsMayStandAfterTheSeriesAndInAnyOrder() {
    let series = W.field(5, W.field(1, [2, 1]) + W.field(2, W.sample(1, 1)))
    var harness = ReceiverHarness()
    let symbols = ["", "m", "__name__"].flatMap { W.field(4, W.bytes($0)) }
    let (answer, batch) = harness.exchange(series + symbols, type: W.type2)
    #expect(answer.status == 204)
    #expect(harness.table.labels(batch.references[0]).map(\.value) == [W.bytes("m")])
  }

  @Test func oneSeriesUnderTwoNumberingsIsOne() {
    var harness = ReceiverHarness()
    let labels = [("__name__", "m"), ("a", "b")]
    let first = harness.exchange(request { $0.add(labels, samples: [W.sample(1, 1)]) }, type: W.type2).1
    let second = request {
      _ = $0.reference("something else")
      $0.add(labels, samples: [W.sample(1, 2)])
    }
    #expect(harness.exchange(second, type: W.type2).1.references == first.references)
    let version1 = W.series1(labels, samples: [W.sample(1, 3)])
    #expect(harness.exchange(version1, type: W.type1).1.references == first.references)
  }

  @Test func metadataIsTakenOnceUntilItChanges() {
    var harness = ReceiverHarness()
    func body(_ help: String) -> [UInt8] {
      request {
        let metadata = W.field(5, W.number(1, 2) + W.number(3, Int64($0.reference(help))))
        for number in 0..<3 {
          $0.add([("__name__", "m"), ("n", "\(number)")], samples: [W.sample(1, 1)], more: metadata)
        }
      }
    }
    #expect(harness.exchange(body("one"), type: W.type2).1.items.count == 1)
    #expect(harness.exchange(body("one"), type: W.type2).1.items.count == 0)
    let changed = harness.exchange(body("two"), type: W.type2).1.items
    #expect(changed.map(\.message) == [W.number(1, 2) + W.field(2, W.bytes("m")) + W.field(4, W.bytes("two"))])
    harness.now.monotonic += 600_000
    #expect(harness.exchange(body("two"), type: W.type2).1.items.count == 1)
  }
}
