import NIOCore
import NIOHTTP1

/// One connection of a client: puts its requests together, hands them on one at a time, and writes the answers.
///
/// Everything here runs on the event loop.
final class Connection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  enum Phase {
    case awaitingHead, receivingBody, answering, writing
    /// Answered and shut for writing; what still arrives is thrown away until the client closes too.
    case draining
    case closed
  }

  let table: ConnectionTable
  let listener: Listener
  let listenerIndex: Int
  /// In the reserve that answers probes only.
  let isReserve: Bool
  var phase = Phase.awaitingHead
  var head: RequestHead?
  /// Counts requests: an answer that comes when its request is gone finds another number.
  var sequence = 0
  /// Whether the connection ends behind the answer to the current request.
  var closes = false
  var context: ChannelHandlerContext?
  weak var edge: SocketEdge?
  let deadline = Deadline()
  /// Bytes of a request have come whose head isn't complete.
  var hasPartialHead = false
  private var drainedByteCount = 0

  init(_ table: ConnectionTable, _ listener: Listener, _ listenerIndex: Int, isReserve: Bool) {
    self.listenerIndex = listenerIndex
    self.table = table
    self.listener = listener
    self.isReserve = isReserve
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    deadline.expired = { [unowned self] in expire() }
    expect(within: listener.timeouts.header)
  }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  /// The channel is closed, by whomever.
  func end() {
    phase = .closed
    head = nil
    deadline.cancel()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), phase) {
    case (.head(let head), .awaitingHead): begin(head)
    case (.body(let bytes), .receivingBody): receive(bytes)
    case (.end, .receivingBody): deliver()
    case (.body(let bytes), .draining), (.body(let bytes), .writing): drain(bytes)
    default: break
    }
  }

  /// Called before the parser sees the bytes.
  func bytesWillArrive() {
    if phase == .awaitingHead { hasPartialHead = true }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if phase == .awaitingHead, hasPartialHead { deadline.noLater(listener.timeouts.header, context) }
    context.fireChannelReadComplete()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed {
      switch phase {
      case .awaitingHead, .receivingBody, .draining: close()
      // A client may shut its side behind its last request and still wait for the answer.
      case .answering, .writing: closes = true
      case .closed: break
      }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else { return close() }
    guard phase == .awaitingHead || phase == .receivingBody else { return }
    if error == .headerOverflow {
      table.count(\.tooLargeHeaders)
      fail(431, "headers over \(listener.headerByteCountMax) bytes or \(listener.headerCountMax) lines")
    } else {
      table.count(\.malformedRequests)
      fail(400, "not HTTP/1.1: \(error)")
    }
  }

  /// The agent is going down: ends at once if no request is in the making, otherwise behind its answer.
  func stop() {
    switch phase {
    case .awaitingHead, .draining: close()
    case .receivingBody, .answering, .writing: closes = true
    case .closed: break
    }
  }

  func close() {
    guard phase != .closed else { return }
    phase = .closed
    deadline.cancel()
    context?.close(promise: nil)
  }

  /// Starts the time of the next step.
  func expect(within milliseconds: Int64) {
    if let context { deadline.set(milliseconds, context) }
  }

  private func expire() {
    switch phase {
    case .awaitingHead where hasPartialHead:
      table.count(\.slowRequests)
      refuseRaw(.requestTimeout)
    case .receivingBody:
      table.count(\.slowRequests)
      fail(408, "the body took longer than \(listener.timeouts.body) ms")
    case .writing:
      table.count(\.slowReaders)
      close()
    case .awaitingHead, .draining: close()
    case .answering, .closed: break
    }
  }

  private func drain(_ bytes: ByteBuffer) {
    drainedByteCount += bytes.readableBytes
    if drainedByteCount > 4 << 20 { close() }
  }
}
