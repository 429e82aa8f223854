import Glibc
import Model

/// Every address that the system's resolver has for a name, each once, in the order of their texts.
func addresses(of name: String) throws(Diagnostics) -> [String] {
  var hints = unsafe addrinfo()
  unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  var first: UnsafeMutablePointer<addrinfo>?
  let status = unsafe getaddrinfo(name, nil, &hints, &first)
  guard status == 0 else {
    throw Diagnostics([.agentsUnknown(name, unsafe String(cString: gai_strerror(status)))])
  }
  defer { unsafe freeaddrinfo(first) }
  var found: Set<String> = []
  var next = unsafe first
  while let entry = unsafe next {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let named = unsafe getnameinfo(
      entry.pointee.ai_addr,
      entry.pointee.ai_addrlen,
      &text,
      socklen_t(text.count),
      nil,
      0,
      NI_NUMERICHOST
    )
    if named == 0 {
      found.insert(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
    unsafe next = entry.pointee.ai_next
  }
  return found.sorted()
}
