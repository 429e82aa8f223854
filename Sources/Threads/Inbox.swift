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
  private let wakeUp: @Sendable () -> Void

  /// - Parameter wakeUp: called with the first message after each `take`, and never once `close` has returned.
  package init(wakeUp: @escaping @Sendable () -> Void) { self.wakeUp = wakeUp }

  /// Returns false where nobody will read it.
  @discardableResult package func post(_ message: Message) -> Bool {
    state.withLock { state in
      if state.isClosed { return false }
      state.messages.append(message)
      // One wake-up is enough for whatever is read with it.
      if state.messages.count == 1 { wakeUp() }
      return true
    }
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
    state.withLock { state in
      state.isClosed = true
      defer { state.messages = [] }
      return state.messages
    }
  }
}
