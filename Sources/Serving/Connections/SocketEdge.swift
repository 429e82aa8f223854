import NIOCore

/// The end of a pipeline at the socket: tells the connection of bytes before the parser has them, and writes past the encoder.
final class SocketEdge: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let connection: Connection
  private var context: ChannelHandlerContext?

  init(_ connection: Connection) {
    self.connection = connection
    connection.edge = self
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    connection.bytesWillArrive()
    context.fireChannelRead(data)
  }

  /// Writes an answer to a request that the encoder knows nothing of.
  func write(_ response: RawResponse) -> EventLoopFuture<Void>? {
    guard let context else { return nil }
    return context.writeAndFlush(wrapOutboundOut(response.bytes(context.channel.allocator)))
  }
}
