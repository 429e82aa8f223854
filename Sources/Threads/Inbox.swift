import Glibc
import Synchronization

/// Messages from any thread to the one that takes them, in the order posted; how that one is woken is its user's.
///
/// Its bound is its users': who posts on behalf of a peer limits what that peer may have waiting here.
package final class Inbox<Message: Sendable>: Sendable {
  private struct State {
    var messages: [Message] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  /// Calls of `wakeUp` that were decided on and haven't returned.
  private let wakingCount = Atomic(0)
  private let wakeUp: @Sendable () -> Void

  /// - Parameter wakeUp: called with the first message after each `take`, and never once `close` has returned.
  package init(wakeUp: @escaping @Sendable () -> Void) { self.wakeUp = wakeUp }

  /// Returns false where nobody will read it.
  @discardableResult package func post(_ message: Message) -> Bool {
    let count = state.withLock { state in
      if state.isClosed { return 0 }
      state.messages.append(message)
      if state.messages.count == 1 { wakingCount.add(1, ordering: .relaxed) }
      return state.messages.count
    }
    // One wake-up is enough for whatever is read with it. Not under the lock, for which the reader would have to wait at once.
    if count == 1 {
      wakeUp()
      wakingCount.subtract(1, ordering: .releasing)
    }
    return count > 0
  }

  /// What there is, without waiting.
  package func take() -> [Message] {
    state.withLock { state in
      guard !state.messages.isEmpty else { return [] }
      defer { state.messages = [] }
      return state.messages
    }
  }

  /// What was left unread; nothing comes after it.
  package func close() -> [Message] {
    let unread = state.withLock { state in
      state.isClosed = true
      defer { state.messages = [] }
      return state.messages
    }
    // Of those that were decided on before; each is one call of the system.
    while wakingCount.load(ordering: .acquiring) > 0 { sched_yield() }
    return unread
  }
}
