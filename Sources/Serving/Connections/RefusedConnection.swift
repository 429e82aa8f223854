import NIOCore

/// A connection too many: told so, and closed once the client has shut its side or a moment later.
final class RefusedConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let linger: Int64
  private let deadline = Deadline()

  init(linger: Int64) { self.linger = linger }

  func channelActive(context: ChannelHandlerContext) {
    deadline.expired = { context.close(promise: nil) }
    deadline.set(linger, context)
    context.writeAndFlush(
      wrapOutboundOut(RawResponse.serviceUnavailable.bytes(context.channel.allocator)),
      promise: nil
    )
    context.close(mode: .output, promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { deadline.cancel() }

  /// Read only so that closing doesn't reset the connection under the answer.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
