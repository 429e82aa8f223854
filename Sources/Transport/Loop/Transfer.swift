internal import CCurl

/// One handle of libcurl and what hangs on it; used for one request after another.
@safe final class Transfer {
  private static let errorTextByteCount = Int(CURL_ERROR_SIZE)

  let handle: UnsafeMutableRawPointer
  private let errorText: UnsafeMutablePointer<CChar>
  private let sockets: UnsafeMutablePointer<ccurl_sockets>
  private var lists: [UnsafeMutablePointer<curl_slist>] = unsafe []

  /// What the handle was told last and knows still; between requests, nothing is a handle that was told nothing.
  private var setup: Setup?
  private var submission: Submission?
  private var origin: Origin?
  private var isAdmitted = false
  private var received = Received(bodyByteCountMax: 0)
  private let memory: BodyMemory
  /// Of the memory that is shared.
  private var takenByteCount = 0
  private var hasRefusedAddress = false
  private var isEndedByCaller = false

  init(_ memory: BodyMemory) {
    guard let handle = unsafe ccurl_easy_init() else { preconditionFailure("FATAL: no memory for an HTTP request") }
    unsafe self.handle = handle
    self.memory = memory
    unsafe errorText = .allocate(capacity: Self.errorTextByteCount)
    unsafe sockets = .allocate(capacity: 1)
    unsafe sockets.initialize(to: ccurl_sockets())
  }

  deinit {
    unsafe ccurl_easy_cleanup(handle)
    unsafe lists.forEach { unsafe ccurl_slist_free_all($0) }
    unsafe errorText.deallocate()
    unsafe sockets.deallocate()
  }

  /// What `context` was made of in `prepare`.
  static func of(_ context: UnsafeMutableRawPointer?) -> Transfer {
    guard let context = unsafe context else { preconditionFailure("BUG: libcurl lost its context") }
    return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }

  /// Whether the last request left the handle as this one wants it.
  func suits(_ setup: Setup?) -> Bool { self.setup == setup }

  /// Sets the handle up. Returns what stands in the way.
  func prepare(
    _ submission: Submission,
    _ setup: Setup?,
    isAdmitted: Bool,
    _ configuration: NetworkLoop.Configuration,
    _ credentials: inout CredentialFiles
  ) -> TransportFailure? {
    let isSetUp = setup != nil && suits(setup)
    if !isSetUp, self.setup != nil { forgetSetup() }
    self.submission = submission
    self.isAdmitted = isAdmitted
    received = Received(bodyByteCountMax: submission.request.answerByteCountMax)
    hasRefusedAddress = false
    isEndedByCaller = false
    guard let origin = submission.origin else { preconditionFailure("BUG: a request without a server") }
    self.origin = origin
    unsafe errorText.pointee = 0
    var options = unsafe Options(handle)
    if !isSetUp {
      do throws(TransportFailure) { try setUp(&options, submission, origin, configuration, &credentials) } catch {
        return failure(error.kind, error.message)
      }
    }
    if submission.purpose == .exchange, submission.request.method != .get { options.set(body: submission.request.body) }
    let milliseconds = max(1, submission.deadline - monotonicMilliseconds())
    options.set(CURLOPT_TIMEOUT_MS, milliseconds)
    options.set(CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, submission.request.connectTimeoutMilliseconds))
    // libcurl has its own copy.
    self.submission?.request.body = []
    guard options.outcome == CURLE_OK else { return failure(.other, words(options.outcome)) }
    self.setup = setup
    return nil
  }

  private func setUp(
    _ options: inout Options,
    _ submission: Submission,
    _ origin: Origin,
    _ configuration: NetworkLoop.Configuration,
    _ credentials: inout CredentialFiles
  ) throws(TransportFailure) {
    defer { unsafe lists = options.lists }
    // libcurl calls back only while the handle is in the set, and the transfer is kept as long.
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe options.set(CURLOPT_PRIVATE, context)
    unsafe options.set(CURLOPT_ERRORBUFFER, errorText)
    unsafe hearBack(&options, context)
    unsafe openSockets(&options, context, configuration)
    options.set(CURLOPT_MAXLIFETIME_CONN, configuration.connectionAgeSecondsMax)
    try options.apply(submission.request, origin, submission.purpose, &credentials)
  }

  /// Forgets the request and returns what there was.
  /// - Parameter keepsSetup: whether the next request of the kind may go out as this one did.
  func reset(keepsSetup: Bool) -> (Submission, Origin, isAdmitted: Bool)? {
    guard let submission, let origin else { return nil }
    if !keepsSetup || setup == nil {
      forgetSetup()
    } else if submission.request.method != .get {
      // What was sent isn't kept.
      var options = unsafe Options(handle)
      options.set(body: [])
    }
    received = Received(bodyByteCountMax: 0)
    memory.giveBack(takenByteCount)
    takenByteCount = 0
    self.submission = nil
    self.origin = nil
    return (submission, origin, isAdmitted)
  }

  private func forgetSetup() {
    setup = nil
    unsafe ccurl_easy_reset(handle)
    unsafe lists.forEach { unsafe ccurl_slist_free_all($0) }
    unsafe lists = []
  }

  /// What came of it. Asks the handle, which must not be reset yet.
  func result(of outcome: CURLcode) -> Result<HTTPAnswer, TransportFailure> {
    if received.hasTooManyHeaders || outcome == CURLE_OUT_OF_MEMORY {
      let bounds = "\(Received.headerCountMax) headers or \(Received.headerByteCountMax) bytes of them"
      return .failure(failure(.tooLarge, "the answer has more than \(bounds)"))
    }
    if received.isCutForMemory {
      return .failure(
        failure(.tooLarge, "no memory is left for more than \(received.bodyByteCount) bytes of the answer's body")
      )
    }
    if received.isTruncated && submission?.request.excess == .fail {
      return .failure(failure(.tooLarge, "the answer's body is longer than \(received.bodyByteCountMax) bytes"))
    }
    if hasRefusedAddress && outcome != CURLE_OK {
      return .failure(failure(.refusedAddress, "its address is link-local, which requests like this may not reach"))
    }
    if isEndedByCaller { return .failure(failure(.cancelled, "ended by the reader of its answer")) }
    guard outcome == CURLE_OK || received.isTruncated else {
      let words = words(outcome)
      return .failure(failure(kind(of: outcome, words), words))
    }
    return .success(
      HTTPAnswer(
        status: status,
        headers: received.headers,
        body: received.body,
        isTruncated: received.isTruncated
      )
    )
  }

  func failure(_ kind: TransportFailure.Kind, _ words: String) -> TransportFailure {
    TransportFailure(kind: kind, message: origin.map { "\($0): \(words)" } ?? words)
  }

  private var status: Int { unsafe ccurl_easy_getinfo_long(handle, CURLINFO_RESPONSE_CODE) }

  /// libcurl's account of this failure, or else of failures of this kind.
  private func words(_ outcome: CURLcode) -> String {
    let told = unsafe String(cString: errorText)
    return told.isEmpty ? unsafe String(cString: ccurl_easy_strerror(outcome)) : told
  }

  private func hearBack(_ options: inout Options, _ context: UnsafeMutableRawPointer) {
    unsafe options.set(CURLOPT_WRITEDATA, context)
    unsafe options.set(CURLOPT_HEADERDATA, context)
    unsafe options.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      unsafe Transfer.of(context).takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    unsafe options.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      unsafe Transfer.of(context).received.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let chunk = submission?.request.chunk else {
      guard memory.take(bytes.count, held: received.bodyByteCount) else {
        received.cutForMemory()
        return 0
      }
      takenByteCount += bytes.count
      return unsafe received.takeBody(bytes)
    }
    let taken = received.countBody(bytes.count)
    if taken > 0 && !chunk(status, unsafe Array(bytes.prefix(taken))) {
      isEndedByCaller = true
      return 0
    }
    return taken
  }

  private func openSockets(
    _ options: inout Options,
    _ context: UnsafeMutableRawPointer,
    _ configuration: NetworkLoop.Configuration
  ) {
    unsafe sockets.pointee = ccurl_sockets()
    unsafe sockets.pointee.user_timeout_ms = UInt32(clamping: configuration.unacknowledgedMillisecondsMax)
    unsafe sockets.pointee.context = context
    if submission?.request.addressPolicy != .any {
      unsafe sockets.pointee.is_allowed = { context, address, count in
        unsafe Transfer.of(context).allows(UnsafeBufferPointer(start: address, count: count)) ? 1 : 0
      }
    }
    unsafe options.set(sockets)
  }

  private func allows(_ address: UnsafeBufferPointer<UInt8>) -> Bool {
    let isAllowed = unsafe submission?.request.addressPolicy.allows(address) ?? false
    if !isAllowed { hasRefusedAddress = true }
    return isAllowed
  }
}
