internal import CCurl

/// Sets options of a handle; the first that fails is remembered.
@safe struct Options {
  private let handle: UnsafeMutableRawPointer
  private(set) var outcome = CURLE_OK
  /// To be freed once the handle is done with them.
  private(set) var lists: [UnsafeMutablePointer<curl_slist>] = unsafe []

  init(_ handle: UnsafeMutableRawPointer) { unsafe self.handle = handle }

  mutating func set(_ option: CURLoption, _ value: Int) {
    note(unsafe ccurl_easy_setopt_long(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: String) {
    note(unsafe ccurl_easy_setopt_string(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
    note(unsafe ccurl_easy_setopt_pointer(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: ccurl_bytes_function) {
    note(unsafe ccurl_easy_setopt_bytes_function(handle, option, value))
  }

  mutating func set(_ sockets: UnsafeMutablePointer<ccurl_sockets>) {
    note(unsafe ccurl_easy_setopt_sockets(handle, sockets))
  }

  mutating func set(_ option: CURLoption, _ lines: [String]) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = unsafe ccurl_slist_append(list, line) else {
        preconditionFailure("FATAL: no memory for an HTTP request")
      }
      unsafe list = longer
    }
    guard let list = unsafe list else { return }
    unsafe lists.append(list)
    note(unsafe ccurl_easy_setopt_list(handle, option, list))
  }

  mutating func set(body: [UInt8]) {
    // An empty array may have no address, which libcurl would take for a body to be read by a function.
    guard !body.isEmpty else {
      set(CURLOPT_POSTFIELDSIZE, 0)
      return set(CURLOPT_COPYPOSTFIELDS, "")
    }
    note(unsafe body.withUnsafeBytes { unsafe ccurl_easy_setopt_body(handle, $0.baseAddress, $0.count) })
  }

  private mutating func note(_ code: CURLcode) { if outcome == CURLE_OK { outcome = code } }
}
