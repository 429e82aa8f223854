internal import CCurl

extension Options {
  /// Says to libcurl what a request says, but for its body.
  mutating func apply(
    _ request: HTTPRequest,
    _ origin: Origin,
    _ purpose: Submission.Purpose,
    _ credentials: inout CredentialFiles
  ) throws(TransportFailure) {
    var lines = try headerLines(request)
    applyServer(request, origin, &lines)
    applyConnection()
    if origin.scheme == "https" { applyTLS(request.tls) }
    guard purpose == .exchange else {
      set(CURLOPT_CONNECT_ONLY, 1)
      return set(CURLOPT_FRESH_CONNECT, 1)
    }
    try authorize(request.authorization, &lines, &credentials)
    // A body alone makes a POST.
    if request.method == .put || request.method == .patch { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
    if request.acceptsGzip { set(CURLOPT_ACCEPT_ENCODING, "gzip") }
    // libcurl looks for other work between two reads, and waits in between: a long answer shall not come in pieces of 16 KiB.
    if request.answerByteCountMax > Self.readByteCountMax { set(CURLOPT_BUFFERSIZE, Self.readByteCountMax) }
    set(CURLOPT_HTTPHEADER, lines)
  }

  /// Bytes of an answer that are read at once, where it may be that long.
  private static let readByteCountMax = 256 << 10

  /// Never anything of the environment, never elsewhere.
  private mutating func applyConnection() {
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_PROXY, "")
    // Or the environment is looked through for it with each request.
    set(CURLOPT_NOPROXY, "*")
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    set(CURLOPT_NOSIGNAL, 1)
    // Or a name server that doesn't answer would hold up everything else when its request times out.
    set(CURLOPT_QUICK_EXIT, 1)
    // A name is resolved for each connection: after a failure an address that was true a minute ago is the wrong one.
    set(CURLOPT_DNS_CACHE_TIMEOUT, 0)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    set(CURLOPT_TCP_KEEPIDLE, 30)
    set(CURLOPT_TCP_KEEPINTVL, 10)
  }

  private mutating func applyServer(_ request: HTTPRequest, _ origin: Origin, _ lines: inout [String]) {
    guard let name = request.tls.serverName, origin.scheme == "https" else { return set(CURLOPT_URL, request.url) }
    // libcurl asks for the name in the URL, and finds it in the certificate; the connection goes where it went.
    set(CURLOPT_URL, "\(origin.scheme)://\(name):\(origin.port)\(origin.rest)")
    set(CURLOPT_CONNECT_TO, ["::\(origin.host):\(origin.port)"])
    if !request.headers.contains(where: { $0.name.lowercased() == "host" }) {
      lines.append(origin.port == 443 ? "Host: \(origin.host)" : "Host: \(origin.host):\(origin.port)")
    }
  }

  private mutating func applyTLS(_ tls: TLSSettings) {
    let versions = [
      TLSSettings.Version.tls12: Int(CURL_SSLVERSION_TLSv1_2), .tls13: Int(CURL_SSLVERSION_TLSv1_3),
    ]
    let newest = tls.newest.flatMap { versions[$0] } ?? 0
    // The newest version is in the upper half (CURL_SSLVERSION_MAX_...).
    set(CURLOPT_SSLVERSION, (versions[tls.oldest] ?? 0) | newest << 16)
    set(CURLOPT_SSL_VERIFYPEER, tls.isUnverified ? 0 : 1)
    set(CURLOPT_SSL_VERIFYHOST, tls.isUnverified ? 0 : 2)
    // Authorities are read again after a minute: parsing those of the system for each connection takes milliseconds.
    set(CURLOPT_CA_CACHE_TIMEOUT, 60)
    if let file = tls.authorityFile {
      set(CURLOPT_CAINFO, file)
      // Those of the system don't count beside it.
      set(CURLOPT_CAPATH, "/dev/null")
    }
    if let file = tls.certificateFile { set(CURLOPT_SSLCERT, file) }
    if let file = tls.keyFile { set(CURLOPT_SSLKEY, file) }
  }

  private mutating func authorize(
    _ authorization: Authorization,
    _ lines: inout [String],
    _ credentials: inout CredentialFiles
  ) throws(TransportFailure) {
    switch authorization {
    case .none: break
    case .basic(let username, let password):
      set(CURLOPT_USERNAME, try credentials.read(username).reveal())
      set(CURLOPT_PASSWORD, try credentials.read(password).reveal())
    case .token(let type, let credential):
      lines.append(try line("Authorization", "\(type) \(try credentials.read(credential).reveal())"))
    case .aws(let signature):
      set(CURLOPT_AWS_SIGV4, "aws:amz:\(signature.region):\(signature.service)")
      set(CURLOPT_USERNAME, signature.accessKey)
      set(CURLOPT_PASSWORD, signature.secretKey.reveal())
      if let token = signature.sessionToken { lines.append(try line("X-Amz-Security-Token", token.reveal())) }
    }
  }

  private mutating func headerLines(_ request: HTTPRequest) throws(TransportFailure) -> [String] {
    var lines: [String] = []
    for header in request.headers { lines.append(try line(header.name, header.value)) }
    if case .aws = request.authorization {
      // libcurl signs the lines that take a header away, which are never sent.
      set(CURLOPT_EXPECT_100_TIMEOUT_MS, 1)
    } else if request.method != .get {
      lines.append("Expect:")
      if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
    }
    return lines
  }

  /// A header as libcurl takes it. A line break inside would let a value add headers (RFC 9110, 5.5).
  private func line(_ name: String, _ value: String) throws(TransportFailure) -> String {
    let isBroken = { (byte: UInt8) in byte == 0 || byte == 10 || byte == 13 }
    let hasNoName = name.isEmpty || name.utf8.contains { $0 <= 0x20 || $0 == UInt8(ascii: ":") || $0 == 0x7f }
    guard !hasNoName, !value.utf8.contains(where: isBroken) else {
      throw TransportFailure(kind: .other, message: "the header \(name.debugDescription) has a line break in it")
    }
    return value.isEmpty ? "\(name);" : "\(name): \(value)"
  }
}
