import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// An HTTP/1.1 server on one thread of its own.
///
/// The handler is called on that thread, once for each whole request, and must not wait: it passes the request on and lets go. The answer
/// comes through the responder, from any thread.
public final class HTTPServer: Sendable {
  /// The bound port of each listener, in their order; 0 for a socket file.
  public let ports: [Int]
  private let listeners: [Listener]
  private let group: MultiThreadedEventLoopGroup
  private let loop: any EventLoop
  private let gate: LoopGate
  private let table: NIOLoopBound<ConnectionTable>
  private let channels: [any Channel]
  private let sharedCounts = SharedCounts()
  private let isStopped = Atomic(false)

  /// Binds every listener, or none. Blocks until they accept connections.
  public init(
    _ listeners: [Listener],
    handler: @escaping @Sendable (ServerRequest, Responder) -> Void
  ) throws(ServingError) {
    self.listeners = listeners
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    loop = group.next()
    gate = LoopGate(loop)
    let made = loop.submit { [loop, gate, sharedCounts] in
      NIOLoopBound(ConnectionTable(listeners, gate, sharedCounts, handler: handler), eventLoop: loop)
    }
    table = finished(made)
    var channels: [any Channel] = []
    do throws(ServingError) {
      for (index, listener) in listeners.enumerated() {
        channels.append(try ListeningChannel.open(listener, index: index, group, table))
      }
    } catch {
      gate.close()
      shutDown(group)
      for listener in listeners[..<channels.count] { removeSocket(listener) }
      throw error
    }
    self.channels = channels
    ports = channels.map { $0.localAddress?.port ?? 0 }
  }

  deinit { stop(graceMilliseconds: 0) }

  /// What was turned away so far.
  public var counts: ServerCounts { sharedCounts.current }

  /// Stops listening at once, and ends when the requests in flight are answered or `graceMilliseconds` have passed. Not to be called from
  /// the handler. Answers given afterwards go nowhere.
  public func stop(graceMilliseconds: Int64) {
    if isStopped.exchange(true, ordering: .acquiringAndReleasing) { return }
    for listener in listeners { removeSocket(listener) }
    let ended = loop.flatSubmit { [loop, table, channels] in
      for channel in channels { channel.close(promise: nil) }
      return table.value.stop(graceMilliseconds: graceMilliseconds, loop)
    }
    finished(ended)
    gate.close()
    shutDown(group)
  }
}

private func removeSocket(_ listener: Listener) {
  if case .unix(let path) = listener.address { unsafe unlink(path) }
}

/// The result of work on the event loop that can't fail.
private func finished<Result: Sendable>(_ future: EventLoopFuture<Result>) -> Result {
  do {
    return try future.wait()
  } catch {
    preconditionFailure("BUG: the server's event loop ended before its work: \(error)")
  }
}

/// Ends the thread behind what it has begun. Nobody waits for that: NIO reports the end through Dispatch, whose threads may all be
/// waiting for something else.
private func shutDown(_ group: MultiThreadedEventLoopGroup) {
  group.shutdownGracefully { error in
    if let error { preconditionFailure("BUG: the server's event loop doesn't end: \(error)") }
  }
}
