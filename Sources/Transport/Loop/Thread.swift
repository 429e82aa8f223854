internal import Glibc

/// A thread that can be waited for.
struct Thread: Sendable {
  private let id: pthread_t

  /// Starts a thread that takes no SIGPIPE: TLS writes to a closed connection without `MSG_NOSIGNAL`, and that must not end the process. Other signals come
  /// as they do to the thread that calls this. Nil where the system has no thread left.
  init?(_ body: @escaping @Sendable () -> Void) {
    var pipe = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&pipe)
    unsafe sigaddset(&pipe, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &pipe, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    let box = unsafe Unmanaged.passRetained(Box(body))
    var id = pthread_t()
    let outcome = unsafe pthread_create(
      &id,
      nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
        return nil
      },
      box.toOpaque()
    )
    guard outcome == 0 else {
      unsafe box.release()
      return nil
    }
    self.id = id
  }

  /// Waits for its end; from inside, lets it end by itself.
  func join() {
    if pthread_equal(pthread_self(), id) != 0 { pthread_detach(id) } else { pthread_join(id, nil) }
  }

  private final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
