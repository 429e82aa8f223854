import Glibc
import NIOCore

/// Stops accepting for a second when the process has no descriptor or the kernel no memory for another connection, which waits in the kernel
/// meanwhile.
///
/// SwiftNIO's `AcceptBackoffHandler` puts off the next read. A listener whose accept failed is still registered for the last one, though, so it
/// is told of the same connection again at once, a million times a second.
final class AcceptPause: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private static let pause = TimeAmount.seconds(1)

  /// Told of every connection that couldn't be accepted.
  private let failed: () -> Void

  init(failed: @escaping () -> Void) { self.failed = failed }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? IOError else { return context.fireErrorCaught(error) }
    failed()
    // The client went before it was accepted: nothing to wait for.
    if error.errnoCode == ECONNABORTED { return }
    accept(false, context)
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { self.accept(true, context) }
  }

  private func accept(_ isAccepting: Bool, _ context: ChannelHandlerContext) {
    // A channel that is closed takes no option, and needs none.
    do { try context.channel.syncOptions?.setOption(.autoRead, value: isAccepting) } catch {}
  }
}
