import NIOCore
import NIOHTTP1

extension Connection {
  func begin(_ received: HTTPRequestHead) {
    hasPartialHead = false
    let head: RequestHead
    do throws(RequestHead.Refusal) {
      head = try RequestHead(received, listener: listener.name)
    } catch {
      table.count(\.malformedRequests)
      return fail(error.status, error.reason)
    }
    self.head = head
    if !head.keepsAlive || isReserve { closes = true }
    if isReserve, !listener.probePaths.contains(head.request.path) {
      table.count(\.refusedConnections)
      return fail(503, "\(listener.connectionCountMax) connections are open")
    }
    let contentLength = head.contentLength ?? 0
    if contentLength > listener.bodyByteCountMax { return refuseBody() }
    phase = .receivingBody
    expect(within: listener.timeouts.body)
    // What the client announces is no reason to take all of it from the allocator at once.
    self.head?.request.body.reserveCapacity(min(contentLength, 256 << 10))
    if head.expectsContinue { writeContinue() }
  }

  func receive(_ bytes: ByteBuffer) {
    guard let received = head?.request.body.count else { return }
    if received + bytes.readableBytes > listener.bodyByteCountMax { return refuseBody() }
    head?.request.body.append(contentsOf: bytes.readableBytesView)
  }

  func deliver() {
    guard let context, let request = head?.request else { return }
    head?.request.body = []
    phase = .answering
    deadline.clear()
    sequence += 1
    table.count(\.requests)
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    let sequence = sequence
    let gate = table.gate
    table.handler(
      request,
      Responder { answer in gate.execute { bound.value.answer(answer, to: sequence) } }
    )
  }

  private func refuseBody() {
    table.count(\.tooLargeBodies)
    fail(413, "a body over \(listener.bodyByteCountMax) bytes")
  }
}
