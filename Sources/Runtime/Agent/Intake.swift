import Synchronization

/// Bounds the bytes of requests that wait for the engine, so that a disk that is slow doesn't fill memory.
final class Intake: Sendable {
  private let waiting = Mutex(0)
  private let byteCountMax: Int

  init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

  /// Whether there is room for a request of that size; if so, it is taken.
  func admit(_ byteCount: Int) -> Bool {
    waiting.withLock { waiting in
      // One that is larger than the bound is taken where nothing waits: it was within the listener's bound.
      guard waiting == 0 || waiting + byteCount <= byteCountMax else { return false }
      waiting += byteCount
      return true
    }
  }

  func release(_ byteCount: Int) { waiting.withLock { $0 -= byteCount } }
}
