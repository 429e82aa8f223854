import Agent
import Glibc
import Threads

/// Resolves the agents' names on a thread of its own: the C library waits for the name server, and nobody else shall.
final class NameLookup: Sendable {
  private let orders = Mailbox<Order>()

  private enum Order: Sendable {
    case lookUp([AgentName])
    case stop
  }

  /// - Parameter completion: runs on the thread, with the addresses and what to say of the names that have none.
  init(_ completion: @escaping @Sendable ([AgentAddress], [String]) -> Void) {
    _ = Thread("names") { [orders] in
      while true {
        for order in orders.take(timeoutMilliseconds: nil) {
          guard case .lookUp(let names) = order else { return }
          let (addresses, failures) = resolved(names)
          completion(addresses, failures)
        }
      }
    }
  }

  func lookUp(_ names: [AgentName]) { orders.post(.lookUp(names)) }

  /// Ends the thread behind the look-up under way. Nobody waits for that.
  func stop() { orders.post(.stop) }
}

/// The addresses of all names, each once.
private func resolved(_ names: [AgentName]) -> ([AgentAddress], [String]) {
  var addresses: Set<AgentAddress> = []
  var failures: [String] = []
  for name in names {
    let (found, failure) = resolved(name)
    addresses.formUnion(found)
    if let failure { failures.append("\(name.host): \(failure)") }
  }
  return (addresses.sorted(), failures)
}

private func resolved(_ name: AgentName) -> ([AgentAddress], String?) {
  var hints = unsafe addrinfo()
  unsafe hints.ai_family = AF_UNSPEC
  unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  unsafe hints.ai_flags = AI_ADDRCONFIG
  // An address without a name needs no name server, and none of the machine's own families.
  if name.host.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) || name.host.contains(":") {
    unsafe hints.ai_flags = AI_NUMERICHOST
  }
  var list: UnsafeMutablePointer<addrinfo>? = nil
  let status = unsafe getaddrinfo(name.host, nil, &hints, &list)
  guard status == 0 else { return ([], unsafe String(cString: gai_strerror(status))) }
  defer { unsafe freeaddrinfo(list) }
  var found: [AgentAddress] = []
  var next = unsafe list
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
      let host = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      found.append(AgentAddress(host: host, port: name.port))
    }
    unsafe next = entry.pointee.ai_next
  }
  return (found, nil)
}
