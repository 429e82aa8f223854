import Agent
import Samples
import Testing

@Suite struct DeadLetterTests {
  private func letter(_ detail: String, _ sample: RequestMessages.Sample) -> DeadLetter {
    DeadLetter(
      time: 1_750_000_000_000,
      destination: "central",
      reason: .outOfOrder,
      status: 400,
      detail: detail,
      isGivenUp: false,
      sample: sample
    )
  }

  private func label(_ name: String, _ value: [UInt8]) -> RequestMessages.Label {
    RequestMessages.Label(name: Array(name.utf8), value: value)
  }

  @Test func isOneLineOfJSON() {
    let sample = RequestMessages.Sample(
      labels: [label("__name__", Array("up".utf8)), label("path", Array("a\"b\\c\n\u{1}é".utf8)), label("x", [0xff])],
      timestamp: -5,
      value: .number(0x7ff0_0000_0000_0002)
    )
    #expect(
      String(decoding: letter("line one\nline two", sample).line, as: UTF8.self)
        == #"{"time":1750000000000,"destination":"central","reason":"out_of_order","status":400,"#
        + #""detail":"line one\nline two","alone":true,"labels":{"__name__":"up","path":"a\"b\\c\n\u0001é","x":"\#u{fffd}"},"#
        + #""timestamp":-5,"bits":"7ff0000000000002"}"# + "\n"
    )
    let histogram = RequestMessages.Sample(labels: [], timestamp: 1, value: .histogram([0, 0x0a, 0xff]))
    #expect(String(decoding: letter("", histogram).line, as: UTF8.self).hasSuffix(#""histogram":"000aff"}"# + "\n"))
  }

  @Test func aReceiversWordsAreCut() {
    let sample = RequestMessages.Sample(labels: [], timestamp: 1, value: .number(0))
    let long = letter(String(repeating: "é", count: 10_000), sample)
    #expect(long.detail == String(repeating: "é", count: 128))
    #expect(letter(String(repeating: "👨‍👩‍👧", count: 100), sample).detail.utf8.count <= 256)
  }

  @Test(
    arguments: [
      (400, "out of bounds", .tooOld), (400, "too old sample", .tooOld), (400, "Out of order sample", .outOfOrder),
      (409, "duplicate sample for timestamp", .duplicate), (413, "", .tooLarge),
      (400, "label value exceeds the limit", .tooLarge), (422, "", .other),
      (400, "err-mimir-sample-timestamp-too-old", .tooOld),
    ] as [(Int, String, RefusalReason)]
  )
  func reasonsAreReadOffTheText(status: Int, text: String, reason: RefusalReason) {
    #expect(RefusalReason(status: status, text: text) == reason)
  }
}
