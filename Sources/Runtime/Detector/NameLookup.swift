import Agent
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
    switch NameResolution(of: name.host) {
    case .found(let hosts): addresses.formUnion(hosts.map { AgentAddress(host: $0, port: name.port) })
    case .failed(let reason): failures.append("\(name.host): \(reason)")
    }
  }
  return (addresses.sorted(), failures)
}
