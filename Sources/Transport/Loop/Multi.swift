internal import CCurl

/// libcurl's set of transfers. Only `wakeUp` may be called from another thread than the one that runs it, as long as the set lives.
@safe struct Multi: Sendable {
  // An address rather than a pointer: it crosses threads for `wakeUp`.
  private let address: UInt

  private var pointer: UnsafeMutableRawPointer? { unsafe UnsafeMutableRawPointer(bitPattern: address) }

  /// Nil where there is no memory or no descriptor for it.
  init?() {
    guard let pointer = unsafe ccurl_multi_init() else { return nil }
    address = UInt(bitPattern: pointer)
  }

  func destroy() { unsafe ccurl_multi_cleanup(pointer) }
  func wakeUp() { unsafe ccurl_multi_wakeup(pointer) }

  func set(_ option: CURLMoption, _ value: Int) { unsafe ccurl_multi_setopt_long(pointer, option, value) }

  func add(_ transfer: Transfer) -> Bool { unsafe ccurl_multi_add_handle(pointer, transfer.handle) == CURLM_OK }
  func remove(_ transfer: Transfer) { unsafe ccurl_multi_remove_handle(pointer, transfer.handle) }

  /// Moves every transfer on as far as it goes without waiting. False: libcurl is in no state to go on.
  func perform() -> Bool {
    var running: Int32 = 0
    return unsafe ccurl_multi_perform(pointer, &running) == CURLM_OK
  }

  /// Waits for a socket, a timer or `wakeUp`.
  func wait(milliseconds: Int) -> Bool { unsafe ccurl_multi_poll(pointer, Int32(milliseconds)) == CURLM_OK }

  /// A transfer that has ended, and how.
  func nextDone() -> (Transfer, CURLcode)? {
    var outcome = CURLE_OK
    guard let handle = unsafe ccurl_multi_next_done(pointer, &outcome) else { return nil }
    return unsafe (Transfer.of(ccurl_easy_private(handle)), outcome)
  }
}
