import Glibc

/// A thread of the machine's own: what blocks on a disk or waits for a mailbox must not hold one of Swift's pool.
package struct Thread: ~Copyable {
  private let thread: pthread_t

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a thread.
  /// - Parameter name: for the message where there is none to be had.
  package init(_ name: String, _ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let argument = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
    let status = unsafe pthread_create(
      &thread,
      nil,
      { argument in
        guard let argument = unsafe argument else { preconditionFailure("BUG: a thread without its work") }
        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      },
      argument
    )
    precondition(status == 0, "FATAL: no thread for \(name)")
    self.thread = thread
  }

  /// Waits for its end.
  package consuming func join() { pthread_join(thread, nil) }
}
