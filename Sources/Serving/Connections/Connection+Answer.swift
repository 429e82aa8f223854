import NIOCore
import NIOHTTP1

extension Connection {
  func answer(_ answer: ServerAnswer, to sequence: Int) {
    guard phase == .answering, sequence == self.sequence else { return }
    write((200...599).contains(answer.status) ? answer : .text(500, "status \(answer.status)"))
  }

  /// Answers what the handler never sees, and closes.
  func fail(_ status: Int, _ reason: String) {
    closes = true
    write(.text(status, reason))
  }

  func writeContinue() {
    guard let context else { return }
    context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    context.flush()
  }

  private func write(_ answer: ServerAnswer) {
    guard let context else { return }
    phase = .writing
    let hasBody = answer.status != 204 && answer.status != 304
    var headers = HTTPHeaders()
    headers.reserveCapacity(answer.headers.count + 3)
    for header in answer.headers { headers.add(name: header.name, value: Self.onOneLine(header.value)) }
    headers.add(name: "date", value: table.date.now())
    if hasBody { headers.add(name: "content-length", value: String(answer.body.count)) }
    if closes {
      headers.add(name: "connection", value: "close")
    } else if head?.isVersion0 == true {
      headers.add(name: "connection", value: "keep-alive")
    }
    let status = HTTPResponseStatus(statusCode: answer.status)
    let responseHead = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    let start = wrapOutboundOut(.head(responseHead))
    let written: EventLoopFuture<Void>
    if hasBody, !answer.body.isEmpty, head?.isHeadMethod != true {
      context.write(start, promise: nil)
      let body = context.channel.allocator.buffer(bytes: answer.body)
      written = context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body))))
    } else {
      written = context.writeAndFlush(start)
    }
    // The end releases the next request of a client that doesn't wait for answers: not before it has taken this one, or what it
    // doesn't read would pile up here.
    written.assumeIsolated().whenComplete { [self] in finish($0) }
    if phase == .writing { expect(within: listener.timeouts.answer) }
  }

  private func finish(_ written: Result<Void, any Error>) {
    guard phase == .writing, let context else { return }
    if case .failure = written { return close() }
    head = nil
    if closes {
      context.write(wrapOutboundOut(.end(nil)), promise: nil)
      return lingerUntilClosed()
    }
    phase = .awaitingHead
    expect(within: listener.timeouts.idle)
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
  }

  /// Says so and closes without the parser and the encoder, for a request they know nothing of yet.
  func refuseRaw(_ response: RawResponse) {
    guard let written = edge?.write(response) else { return }
    closes = true
    phase = .writing
    written.assumeIsolated().whenComplete { [self] _ in
      if phase == .writing { lingerUntilClosed() }
    }
  }

  private func lingerUntilClosed() {
    phase = .draining
    expect(within: listener.timeouts.linger)
    context?.close(mode: .output, promise: nil)
  }

  /// A header must not end early, whatever text an answer put into it.
  private static func onOneLine(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) else { return value }
    return String(decoding: value.utf8.map { $0 < 0x20 || $0 == 0x7f ? 0x20 : $0 }, as: UTF8.self)
  }
}
