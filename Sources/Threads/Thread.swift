import Glibc

/// A thread of the machine's own: what blocks on a disk or waits for a mailbox must not hold one of Swift's pool.
///
/// One that is dropped without being waited for ends by itself.
public struct Thread: ~Copyable, Sendable {
  private let id: pthread_t

  /// Starts a thread that the program can't do without.
  /// - Parameter name: for the message where there is none to be had.
  public init(_ name: String, _ body: @escaping @Sendable () -> Void) {
    guard let thread = Self.start(body) else { preconditionFailure("FATAL: no thread for \(name)") }
    self = thread
  }

  private init(id: pthread_t) { self.id = id }

  deinit { pthread_detach(id) }

  /// Starts a thread; nil where the system has none left.
  ///
  /// It takes no SIGPIPE: TLS writes to a closed connection without `MSG_NOSIGNAL`, and that must not end the process. Other
  /// signals come as they do to the thread that calls this.
  public static func start(_ body: @escaping @Sendable () -> Void) -> Thread? {
    var pipe = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&pipe)
    unsafe sigaddset(&pipe, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &pipe, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    var id = pthread_t()
    let work = unsafe Unmanaged.passRetained(Work(body))
    let status = unsafe pthread_create(
      &id,
      nil,
      { work in
        guard let work = unsafe work else { preconditionFailure("BUG: a thread without its work") }
        unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
        return nil
      },
      work.toOpaque()
    )
    guard status == 0 else {
      unsafe work.release()
      return nil
    }
    return Thread(id: id)
  }

  /// Waits for its end; from inside, lets it end by itself.
  public consuming func join() {
    if pthread_equal(pthread_self(), id) != 0 {
      _ = consume self
    } else {
      pthread_join(id, nil)
      discard self
    }
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
