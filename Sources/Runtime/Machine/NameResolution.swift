import Glibc

/// What the system's resolver says of a host's name.
enum NameResolution {
  /// Addresses as text, each once, in the order of their texts.
  case found([String])
  /// Why there are none, in the C library's words.
  case failed(String)

  /// Waits for the name server.
  init(of host: String) {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = AF_UNSPEC
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    // An address without a name needs no name server, and none of the machine's own families.
    unsafe hints.ai_flags = Self.isAddress(host) ? AI_NUMERICHOST : AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(host, nil, &hints, &list)
    guard status == 0 else {
      self = .failed(unsafe String(cString: gai_strerror(status)))
      return
    }
    defer { unsafe freeaddrinfo(list) }
    var found: Set<String> = []
    var next = unsafe list
    while let entry = unsafe next {
      if let text = unsafe Self.text(entry.pointee) { found.insert(text) }
      unsafe next = entry.pointee.ai_next
    }
    self = .found(found.sorted())
  }

  private static func isAddress(_ host: String) -> Bool {
    host.contains(":") || host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
  }

  private static func text(_ entry: addrinfo) -> String? {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = unsafe getnameinfo(
      entry.ai_addr,
      entry.ai_addrlen,
      &text,
      socklen_t(text.count),
      nil,
      0,
      NI_NUMERICHOST
    )
    return status == 0 ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }
}
