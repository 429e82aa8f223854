import Glibc
import Synchronization

/// A server on a free loopback port that answers one connection and remembers what it was sent.
final class LoopbackServer: Sendable {
  let port: UInt16
  private let requests = Mutex<[String]>([])

  var received: [String] { requests.withLock { $0 } }

  init(answering answer: String) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    port = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        precondition(unsafe bind(descriptor, generic, length) == 0, "no loopback port")
        unsafe getsockname(descriptor, generic, &length)
      }
      return unsafe pointer.pointee.sin_port.byteSwapped
    }
    listen(descriptor, 4)
    Thread.start { [self] in
      let peer = accept(descriptor, nil, nil)
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = unsafe read(peer, &buffer, buffer.count)
      requests.withLock { $0.append(String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)) }
      let bytes = Array(answer.utf8)
      _ = unsafe bytes.withUnsafeBytes { unsafe send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      close(peer)
      close(descriptor)
    }
  }
}

private enum Thread {
  /// Runs `body` on a thread of its own: a blocking `accept` must not starve the tests' pool.
  static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
    unsafe pthread_create(
      &thread,
      nil,
      {
        unsafe Unmanaged<Box>.fromOpaque($0!).takeRetainedValue().body(); return nil
      },
      box
    )
    pthread_detach(thread)
  }

  private final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
