internal import CCurl

/// A client for one request at a time, which keeps its connection between requests.
///
/// Redirects are not followed: a receiver that moves must not draw credentials with it. TLS is verified, at least 1.2.
@safe package struct HTTPClient: ~Copyable {
  private let handle: UnsafeMutableRawPointer

  package init() throws(TransportFailure) {
    try LibCurl.load()
    guard let handle = unsafe ccurl_easy_init() else { preconditionFailure("FATAL: no memory for an HTTP client") }
    unsafe self.handle = handle
  }

  deinit { unsafe ccurl_easy_cleanup(handle) }

  /// Sends a request and waits for the answer, whatever its status.
  package mutating func send(_ request: HTTPRequest) throws(TransportFailure) -> HTTPAnswer {
    unsafe ccurl_easy_reset(handle)
    let received = Received(byteCountMax: request.answerByteCountMax)
    var headers: UnsafeMutablePointer<curl_slist>?
    defer { unsafe ccurl_slist_free_all(headers) }
    for header in request.headers { unsafe headers = ccurl_slist_append(headers, "\(header.name): \(header.value)") }

    setUp(request)
    unsafe ccurl_easy_setopt_headers(handle, CURLOPT_HTTPHEADER, headers)
    // The callbacks run only inside ccurl_easy_perform, while `received` is alive.
    let context = unsafe Unmanaged.passUnretained(received).toOpaque()
    unsafe ccurl_easy_setopt_pointer(handle, CURLOPT_WRITEDATA, context)
    unsafe ccurl_easy_setopt_pointer(handle, CURLOPT_HEADERDATA, context)
    unsafe ccurl_easy_setopt_bytes_function(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      unsafe receiver(of: context).takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    unsafe ccurl_easy_setopt_bytes_function(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      unsafe receiver(of: context).takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    let outcome = unsafe request.body.withUnsafeBytes { body in
      if request.method == .post {
        unsafe ccurl_easy_setopt_long(handle, CURLOPT_POSTFIELDSIZE, body.count)
        unsafe ccurl_easy_setopt_pointer(
          handle,
          CURLOPT_POSTFIELDS,
          UnsafeMutableRawPointer(mutating: body.baseAddress)
        )
      }
      return unsafe ccurl_easy_perform(handle)
    }
    return try answer(to: outcome, received)
  }

  private func setUp(_ request: HTTPRequest) {
    unsafe ccurl_easy_setopt_string(handle, CURLOPT_URL, request.url)
    unsafe ccurl_easy_setopt_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    unsafe ccurl_easy_setopt_long(handle, CURLOPT_POST, request.method == .post ? 1 : 0)
    unsafe ccurl_easy_setopt_long(handle, CURLOPT_NOSIGNAL, 1)
    unsafe ccurl_easy_setopt_long(handle, CURLOPT_FOLLOWLOCATION, 0)
    unsafe ccurl_easy_setopt_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    unsafe ccurl_easy_setopt_long(handle, CURLOPT_TIMEOUT_MS, request.timeoutMilliseconds)
    unsafe ccurl_easy_setopt_long(handle, CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeoutMilliseconds)
    // Answers are small; a proxy of the environment would see what belongs to the centre alone.
    unsafe ccurl_easy_setopt_string(handle, CURLOPT_PROXY, "")
  }

  private func answer(to outcome: CURLcode, _ received: Received) throws(TransportFailure) -> HTTPAnswer {
    guard outcome == CURLE_OK || outcome == CURLE_WRITE_ERROR && received.isTruncated else {
      throw TransportFailure(kind: kind(of: outcome), message: unsafe String(cString: ccurl_easy_strerror(outcome)))
    }
    var status = 0
    unsafe ccurl_easy_getinfo_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return HTTPAnswer(
      status: status,
      headers: received.headers,
      body: received.body,
      isTruncated: received.isTruncated
    )
  }
}

private func kind(of outcome: CURLcode) -> TransportFailure.Kind {
  switch outcome {
  case CURLE_COULDNT_RESOLVE_HOST: .resolve
  case CURLE_COULDNT_CONNECT: .connect
  case CURLE_OPERATION_TIMEDOUT: .timeout
  case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE: .tls
  default: .other
  }
}

private func receiver(of context: UnsafeMutableRawPointer?) -> Received {
  guard let context = unsafe context else { preconditionFailure("BUG: libcurl lost its context") }
  return unsafe Unmanaged<Received>.fromOpaque(context).takeUnretainedValue()
}
