import NIOCore
import Synchronization

/// The way onto the event loop for other threads, which ends before the loop does: work handed to a loop that has shut down would
/// be an error of the program, and answers come whenever they come.
final class LoopGate: Sendable {
  private let loop: any EventLoop
  private let isOpen = Mutex(true)

  init(_ loop: any EventLoop) { self.loop = loop }

  /// Runs `body` on the loop, or drops it behind `close`.
  func execute(_ body: @escaping @Sendable () -> Void) {
    isOpen.withLock { isOpen in
      if isOpen { loop.execute(body) }
    }
  }

  func close() { isOpen.withLock { $0 = false } }
}
