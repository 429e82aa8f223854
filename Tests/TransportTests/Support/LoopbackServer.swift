import Glibc
import Synchronization

/// A server that does to each connection what a test says, on a thread of its own.
///
/// Its address is one of the 16 million of this machine that nobody uses. On 127.0.0.1 a port may be one that another program had a moment
/// ago, and whoever still looks for that program there would be counted here.
final class LoopbackServer: Sendable {
  let authority: String
  private let descriptor: Int32
  private let counts = Counts()

  var url: String { "http://\(authority)/" }
  var connectionCount: Int { counts.connections.load(ordering: .relaxed) }
  /// The most connections that were open at the same time.
  var connectionPeak: Int { counts.peak.load(ordering: .relaxed) }
  var requests: [String] { counts.requests.withLock { $0 } }

  init(serving serve: @escaping @Sendable (Connection) -> Void) {
    let address = UInt32.random(in: 0x7f01_0000..<0x7fff_0000)
    let (descriptor, port) = bound(to: address)
    listen(descriptor, 1_024)
    self.descriptor = descriptor
    authority = [24, 16, 8, 0].map { "\(address >> $0 & 0xff)" }.joined(separator: ".") + ":\(port)"
    start { [counts] in
      while true {
        let peer = accept(descriptor, nil, nil)
        guard peer >= 0 else {
          // It was shut down, and is closed only here: its number could be another server's before the next look at it.
          if errno == EINVAL {
            close(descriptor)
            return
          }
          continue
        }
        counts.connections.add(1, ordering: .relaxed)
        let open = counts.open.add(1, ordering: .relaxed).newValue
        counts.peak.max(open, ordering: .relaxed)
        start {
          let connection = Connection(peer) { request in counts.requests.withLock { $0.append(request) } }
          serve(connection)
          counts.open.subtract(1, ordering: .relaxed)
          connection.close()
        }
      }
    }
  }

  /// Answers every request on every connection the same.
  convenience init(answering answer: String) {
    self.init { connection in
      while connection.readRequest() != nil, connection.write(answer) {}
    }
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  private final class Counts: Sendable {
    let connections = Atomic(0)
    let open = Atomic(0)
    let peak = Atomic(0)
    let requests = Mutex<[String]>([])
  }
}

/// A port of 127.0.0.1 that nobody listens on. It stays taken as long as the process lives, so that nobody will.
func closedPort() -> UInt16 { bound(to: 0x7f00_0001).port }

/// A port whose queue of connections is full: the kernel lets the next one wait.
final class FullPort: Sendable {
  let port: UInt16
  private let descriptors: [Int32]

  init() {
    let (descriptor, port) = bound(to: 0x7f00_0001)
    listen(descriptor, 0)
    self.port = port
    descriptors =
      [descriptor]
      + (0..<4).map { _ in
        let peer = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        unsafe withAddress(0x7f00_0001, port) { unsafe _ = connect(peer, $0, $1) }
        return peer
      }
  }

  deinit { for descriptor in descriptors { close(descriptor) } }
}

private func bound(to host: UInt32) -> (descriptor: Int32, port: UInt16) {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  let bound = unsafe withAddress(host, 0) { unsafe bind(descriptor, $0, $1) }
  precondition(bound == 0, "no loopback port")
  var address = sockaddr_in()
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  unsafe withUnsafeMutablePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = unsafe getsockname(descriptor, $0, &length) }
  }
  return (descriptor, address.sin_port.byteSwapped)
}

private func withAddress<R>(_ host: UInt32, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = host.bigEndian
  return unsafe withUnsafePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}

/// Runs `body` on a thread of its own: a blocking `accept` must not starve the tests' pool.
private func start(_ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let box = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
  unsafe pthread_create(
    &thread,
    nil,
    {
      unsafe Unmanaged<Box>.fromOpaque($0!).takeRetainedValue().body()
      return nil
    },
    box
  )
  pthread_detach(thread)
}
