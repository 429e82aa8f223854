import Synchronization

/// Bounds the bytes of requests that wait for the engine, so that a disk that is slow doesn't fill memory.
final class Intake: Sendable {
  private struct State {
    var byteCount = 0
    var refusals: UInt64 = 0
  }

  private let waiting = Mutex(State())
  private let byteCountMax: Int

  init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

  /// Whether there is room for a request of that size; if so, it is taken.
  func admit(_ byteCount: Int) -> Bool {
    waiting.withLock { waiting in
      // One that is larger than the bound is taken where nothing waits: it was within the listener's bound.
      guard waiting.byteCount == 0 || waiting.byteCount + byteCount <= byteCountMax else {
        waiting.refusals += 1
        return false
      }
      waiting.byteCount += byteCount
      return true
    }
  }

  func release(_ byteCount: Int) { waiting.withLock { $0.byteCount -= byteCount } }

  /// Requests that there was no room for, since the start.
  var refusals: UInt64 { waiting.withLock { $0.refusals } }
}
