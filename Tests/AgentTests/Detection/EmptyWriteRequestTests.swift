import Agent
import Samples
import Testing

@Suite struct EmptyWriteRequestTests {
  @Test(arguments: [(RemoteWriteVersion.v1, [UInt8]()), (.v2, [0x22, 0])])
  func isSnappyOfAMessageWithoutSeries(version: RemoteWriteVersion, message: [UInt8]) {
    var bytes = EmptyWriteRequest.body(version)
    // The length, one byte; then nothing, or one literal of that length.
    #expect(Int(bytes.removeFirst()) == message.count)
    if !message.isEmpty { #expect(bytes.removeFirst() == UInt8(message.count - 1) << 2) }
    #expect(bytes == message)
  }
}
