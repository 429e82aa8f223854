internal import Glibc
internal import Synchronization

/// One request at a time for who has nothing else to do meanwhile, such as a command; its connection is kept between requests.
public struct HTTPClient: ~Copyable {
  private var loop: NetworkLoop?

  /// Starts nothing: libcurl is opened with the first request.
  public init() {}

  deinit { loop?.stop() }

  /// Sends a request and waits for the answer, whatever its status.
  public mutating func send(_ request: HTTPRequest) throws(TransportFailure) -> HTTPAnswer {
    let loop = if let loop { loop } else { try NetworkLoop() }
    self.loop = loop
    let slot = Slot()
    loop.submit(request) { slot.fill($0) }
    return try slot.wait().get()
  }
}

/// Where one thread leaves a result that another waits for.
private final class Slot: Sendable {
  private let result = Mutex<Result<HTTPAnswer, TransportFailure>?>(nil)
  // Of the C library, as waiting takes the thread; its address must not change.
  private let isFilled: Semaphore

  init() { isFilled = Semaphore() }

  deinit { isFilled.destroy() }

  func fill(_ value: Result<HTTPAnswer, TransportFailure>) {
    result.withLock { $0 = value }
    isFilled.post()
  }

  func wait() -> Result<HTTPAnswer, TransportFailure> {
    isFilled.wait()
    guard let value = result.withLock({ $0 }) else { preconditionFailure("BUG: a result that was never left") }
    return value
  }
}

/// A semaphore on the heap, by its address.
@safe private struct Semaphore: Sendable {
  private let address: UInt

  private var pointer: UnsafeMutablePointer<sem_t> {
    guard let pointer = unsafe UnsafeMutablePointer<sem_t>(bitPattern: address) else {
      preconditionFailure("BUG: a semaphore nowhere")
    }
    return unsafe pointer
  }

  init() {
    let pointer = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    unsafe pointer.initialize(to: sem_t())
    unsafe sem_init(pointer, 0, 0)
    address = UInt(bitPattern: pointer)
  }

  func post() { unsafe sem_post(pointer) }

  func wait() {
    // A signal handler that ran meanwhile is no reason to go on.
    while unsafe sem_wait(pointer) != 0 && errno == EINTR {}
  }

  func destroy() {
    unsafe sem_destroy(pointer)
    unsafe pointer.deallocate()
  }
}
