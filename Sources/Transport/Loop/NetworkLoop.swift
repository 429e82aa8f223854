internal import Glibc
internal import Synchronization
internal import Threads

/// Runs any number of requests on one thread, and keeps connections between them.
///
/// Completions run on that thread, each exactly once, and must be quick: nothing moves meanwhile.
public final class NetworkLoop: Sendable {
  /// Bounds of one loop.
  public struct Configuration: Sendable {
    /// Requests that are open at the same time, and connections kept for later ones.
    public var openMax = 256
    /// The same, to one scheme, host and port.
    public var openPerOriginMax = 32
    /// Requests that wait for their turn; one more fails at once.
    public var waitingMax = 10_000
    /// Bytes of all bodies that are arriving, together; a body beyond its first MiB that finds no room ends its request with `.tooLarge`.
    public var bodiesByteCountMax = 64 << 20
    /// How long sent data may stay unacknowledged before the connection is given up (RFC 5482).
    public var unacknowledgedMillisecondsMax = 30_000
    /// A connection older than this isn't used again, so that a change of addresses or certificates is seen.
    public var connectionAgeSecondsMax = 600

    public init() {}
  }

  private let letters: Inbox<Letter>
  private let lastID = Atomic<UInt64>(0)
  private let thread: Mutex<Thread?>

  /// Fails where libcurl is missing (the message names the package) or the system has no thread left.
  public init(_ configuration: Configuration = Configuration()) throws(TransportFailure) {
    try LibCurl.load()
    guard let multi = Multi() else {
      throw TransportFailure(kind: .other, message: "libcurl finds no memory or descriptors to start with")
    }
    let letters = Inbox<Letter> { multi.wakeUp() }
    let thread = Thread.start { NetworkThread(multi, letters, configuration).run() }
    guard let thread else {
      multi.destroy()
      throw TransportFailure(kind: .other, message: "no thread left for the network")
    }
    self.letters = letters
    self.thread = Mutex(thread)
  }

  deinit { stop() }

  /// Sends a request; `completion` gets the answer, whatever its status, or why there is none. After `stop` that is at once, on the caller's thread.
  ///
  /// Returns the number to cancel it by.
  @discardableResult public func submit(
    _ request: HTTPRequest,
    completion: @escaping @Sendable (Result<HTTPAnswer, TransportFailure>) -> Void
  ) -> UInt64 {
    post(request, .exchange, completion)
  }

  /// Connects to the server of a request, for `https` up to the handshake, and closes the connection. Nothing of the request is sent: its URL, TLS,
  /// address policy and timeouts count.
  @discardableResult public func probe(
    _ request: HTTPRequest,
    completion: @escaping @Sendable (Result<Void, TransportFailure>) -> Void
  ) -> UInt64 {
    post(request, .connect) { result in completion(result.map { _ in }) }
  }

  /// Wakes the loop once for all requests that `body` submits, after it: each time costs both threads.
  public func together(_ body: () -> Void) { letters.together(body) }

  /// Ends a request with a failure of kind `.cancelled`, unless it has ended.
  public func cancel(_ id: UInt64) { letters.post(.cancel(id)) }

  /// Cancels what is open, closes every connection and returns when all completions have run.
  public func stop() {
    guard let thread = thread.withLock({ $0.take() }) else { return }
    letters.post(.stop)
    thread.join()
  }

  private func post(
    _ request: HTTPRequest,
    _ purpose: Submission.Purpose,
    _ completion: @escaping @Sendable (Result<HTTPAnswer, TransportFailure>) -> Void
  ) -> UInt64 {
    let id = lastID.add(1, ordering: .relaxed).newValue
    let submission = Submission(
      id: id,
      purpose: purpose,
      request: request,
      origin: Origin(request.url),
      deadline: monotonicMilliseconds() + request.timeoutMilliseconds,
      completion: completion
    )
    if !letters.post(.start(submission)) { submission.fail(.cancelled, "the network loop is stopped") }
    return id
  }
}

/// Milliseconds since some moment in the past that never changes.
func monotonicMilliseconds() -> Int {
  var time = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
}
