internal import CCurl
internal import Synchronization

/// What the network thread is asked to do, by any thread.
final class Mailbox: Sendable {
  enum Letter: Sendable {
    case start(Submission)
    case cancel(UInt64)
    case stop
  }

  private struct State {
    var letters: [Letter] = []
    /// Nil once the thread reads no more.
    var multi: Multi?
  }

  private let state: Mutex<State>

  init(waking multi: Multi) { state = Mutex(State(multi: multi)) }

  /// Returns false where nobody will read it.
  func post(_ letter: Letter) -> Bool {
    state.withLock { state in
      guard let multi = state.multi else { return false }
      state.letters.append(letter)
      // One wake-up is enough for whatever is read with it.
      if state.letters.count == 1 { multi.wakeUp() }
      return true
    }
  }

  func take() -> [Letter] {
    state.withLock { state in
      guard !state.letters.isEmpty else { return [] }
      defer { state.letters = [] }
      return state.letters
    }
  }

  /// What was left unread; nothing comes after it.
  func close() -> [Letter] {
    state.withLock { state in
      state.multi = nil
      defer { state.letters = [] }
      return state.letters
    }
  }
}
