/// Why the server can't listen, with the address and what to do.
public struct ServingError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Problem: Hashable, Sendable {
    case malformedAddress
    /// Another process listens there.
    case inUse
    case notPermitted
    /// No interface of this machine has the address.
    case notLocal
    case noDirectory
    case pathTooLong(byteCountMax: Int)
    /// Something that is no socket stands at the path.
    case notASocket
    /// Any other error of the system.
    case system(call: String, code: Int32)
    /// The server's thread or event loop could not be set up.
    case setUp(String)
  }

  public let address: String
  public let problem: Problem

  public init(_ address: String, _ problem: Problem) {
    self.address = address
    self.problem = problem
  }

  public var description: String { "can't listen at \(address): \(reason)" }

  private var reason: String {
    switch problem {
    case .malformedAddress:
      "write a numeric address and port such as 127.0.0.1:9090 or [::1]:9090, or the absolute path of a socket"
    case .inUse: "another process listens there; stop it, or choose another address"
    case .notPermitted:
      "permission denied; ports below 1024 need CAP_NET_BIND_SERVICE, a socket needs a writable directory"
    case .notLocal: "no interface of this machine has that address; use one of its own, or 0.0.0.0 for all"
    case .noDirectory: "its directory doesn't exist; create it first"
    case .pathTooLong(let byteCountMax): "the path of a socket has at most \(byteCountMax) bytes; choose a shorter one"
    case .notASocket: "something that is no socket stands there; remove it, or choose another path"
    case .system(let call, let code): "\(call): \(systemMessage(code))"
    case .setUp(let message): message
    }
  }
}
