import Glibc
import Synchronization

/// Messages from any thread to the one that takes them, in the order posted; how that one is woken is its user's.
///
/// Its bound is its users': who posts on behalf of a peer limits what that peer may have waiting here.
public final class Inbox<Message: Sendable>: Sendable {
  private struct State {
    var messages: [Message] = []
    var isClosed = false
    /// Calls of `together` that haven't ended.
    var holdCount = 0
    /// Whether `wakeUp` was called, or is about to be, for what waits.
    var isWoken = false

    /// Whether it is the caller's to wake the reader now, and notes that it does.
    mutating func wakes() -> Bool {
      guard holdCount == 0, !isWoken, !messages.isEmpty else { return false }
      isWoken = true
      return true
    }
  }

  private let state = Mutex(State())
  /// Calls of `wakeUp` that were decided on and haven't returned.
  private let wakingCount = Atomic(0)
  private let wakeUp: @Sendable () -> Void

  /// - Parameter wakeUp: called for the first message after each `take`, and never once `close` has returned.
  public init(wakeUp: @escaping @Sendable () -> Void) { self.wakeUp = wakeUp }

  /// Returns false where nobody will read it.
  @discardableResult public func post(_ message: Message) -> Bool {
    let (isTaken, wakes) = state.withLock { state in
      if state.isClosed { return (false, false) }
      state.messages.append(message)
      return (true, beginWaking(&state))
    }
    if wakes { wake() }
    return isTaken
  }

  /// The reader is woken once, after `body`, for all that is posted meanwhile.
  public func together(_ body: () -> Void) {
    state.withLock { $0.holdCount += 1 }
    body()
    let wakes = state.withLock { state in
      state.holdCount -= 1
      return beginWaking(&state)
    }
    if wakes { wake() }
  }

  private func beginWaking(_ state: inout State) -> Bool {
    guard state.wakes() else { return false }
    wakingCount.add(1, ordering: .relaxed)
    return true
  }

  // One wake-up is enough for whatever is read with it. Not under the lock, for which the reader would have to wait at once.
  private func wake() {
    wakeUp()
    wakingCount.subtract(1, ordering: .releasing)
  }

  /// What there is, without waiting.
  public func take() -> [Message] {
    state.withLock { state in
      guard !state.messages.isEmpty else { return [] }
      defer {
        state.messages = []
        state.isWoken = false
      }
      return state.messages
    }
  }

  /// What was left unread; nothing comes after it.
  public func close() -> [Message] {
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
