import CMalloc
import Glibc

/// Has the allocator take memory from the system in large steps, which are addresses only until they are used.
///
/// Else the heap of a second thread grows by a page at a time, each a system call that both threads wait for (glibc's
/// malloc, `M_TOP_PAD`): 250 of them in one rendering.
private func growHeapsInLargeSteps() { mallopt(M_TOP_PAD, 16 << 20) }

/// Computes two values at the same time: the first on a thread of its own, the second here.
///
/// A thread and not a task: this costs 50 µs, where Swift's pool would have to be started first.
func atOnce<First: Sendable, Second>(
  _ first: @escaping @Sendable () -> First,
  _ second: () -> Second
) -> (First, Second) {
  growHeapsInLargeSteps()
  let work = Work(first)
  var thread = pthread_t()
  let argument = unsafe Unmanaged.passRetained(work).toOpaque()
  let status = unsafe pthread_create(
    &thread,
    nil,
    { argument in
      guard let argument = unsafe argument else { preconditionFailure("BUG: a thread without its work") }
      unsafe Unmanaged<AnyWork>.fromOpaque(argument).takeRetainedValue().perform()
      return nil
    },
    argument
  )
  if status != 0 {
    // No thread to be had: one after the other.
    unsafe Unmanaged<AnyWork>.fromOpaque(argument).takeRetainedValue().perform()
    return (work.result(), second())
  }
  let here = second()
  pthread_join(thread, nil)
  return (work.result(), here)
}

private class AnyWork {
  func perform() {}
}

private final class Work<Value>: AnyWork {
  private let body: @Sendable () -> Value
  private var value: Value?

  init(_ body: @escaping @Sendable () -> Value) { self.body = body }

  override func perform() { value = body() }

  func result() -> Value {
    guard let value else { preconditionFailure("BUG: the thread has ended without a value") }
    return value
  }
}
