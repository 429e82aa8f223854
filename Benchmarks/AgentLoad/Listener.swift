import Glibc
import Synchronization

/// Listens on a port of 127.0.0.1, with a thread for each connection: agents keep a few.
final class Listener: Sendable {
  private let socket: Mutex<Int32?>
  private let open = Mutex<Set<Int32>>([])
  private let serve: @Sendable (inout Connection) -> Void
  let port: UInt16

  /// - Parameter port: 0 for any that is free.
  init(port: UInt16, _ serve: @escaping @Sendable (inout Connection) -> Void) {
    let (socket, port) = Self.listen(port)
    self.socket = Mutex(socket)
    self.port = port
    self.serve = serve
    accept(on: socket)
  }

  private static func listen(_ port: UInt16) -> (Int32, UInt16) {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var yes: Int32 = 1
    unsafe setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
    var address = sockaddr_in()
    address.sin_family = UInt16(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        guard unsafe bind(socket, generic, size) == 0, Glibc.listen(socket, 64) == 0 else { return Int32(-1) }
        return unsafe getsockname(socket, generic, &size)
      }
    }
    guard status == 0 else { AgentLoad.stop("no port \(port) to listen on") }
    return (socket, address.sin_port.bigEndian)
  }

  private func accept(on socket: Int32) {
    AgentLoad.detach { [self] in
      while true {
        let peer = Glibc.accept(socket, nil, nil)
        if peer < 0 { return }
        var yes: Int32 = 1
        unsafe setsockopt(peer, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
        open.withLock { _ = $0.insert(peer) }
        AgentLoad.detach { [self] in
          var connection = Connection(peer)
          serve(&connection)
          // Closed under the lock, so that `refuse` never meets a number that means another connection.
          open.withLock { sockets in
            sockets.remove(peer)
            _ = close(peer)
          }
        }
      }
    }
  }

  /// Refuses connections, and ends those that are open.
  func refuse() {
    socket.withLock { socket in
      guard let number = socket else { return }
      shutdown(number, Int32(SHUT_RDWR))
      close(number)
      socket = nil
    }
    open.withLock { sockets in for peer in sockets { shutdown(peer, Int32(SHUT_RDWR)) } }
  }

  /// Takes connections again.
  func resume() {
    socket.withLock { socket in
      guard socket == nil else { return }
      let number = Self.listen(port).0
      socket = number
      accept(on: number)
    }
  }
}
