import Glibc

/// A socket file that only this user may connect to.
enum UnixListeningSocket {
  /// The descriptor of a new socket bound to `path`. A socket file that nobody listens to any more, left by a process that was
  /// killed, is replaced; anything else in the way is an error.
  static func open(_ path: String) throws(ServingError) -> Int32 {
    var address = sockaddr_un()
    let byteCountMax = MemoryLayout.size(ofValue: address.sun_path) - 1
    guard path.utf8.count <= byteCountMax, !path.utf8.contains(0) else {
      throw ServingError(path, .pathTooLong(byteCountMax: byteCountMax))
    }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    try removeStale(path, address)

    let descriptor = try new(path)
    do throws(ServingError) {
      // The mode of the descriptor becomes the mode of the file, which so never stands there open to others.
      if fchmod(descriptor, 0o600) != 0 { throw error(path, "fchmod") }
      if unsafe call(bind, descriptor, address) != 0 { throw error(path, "bind") }
      return descriptor
    } catch {
      _ = close(descriptor)
      throw error
    }
  }

  private static func new(_ path: String) throws(ServingError) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, type, 0)
    if descriptor < 0 { throw error(path, "socket") }
    return descriptor
  }

  private static func removeStale(_ path: String, _ address: sockaddr_un) throws(ServingError) {
    var status = stat()
    if unsafe lstat(path, &status) != 0 {
      if errno == ENOENT { return }
      throw error(path, "lstat")
    }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw ServingError(path, .notASocket) }
    let probe = try new(path)
    defer { _ = close(probe) }
    if unsafe call(connect, probe, address) == 0 { throw ServingError(path, .inUse) }
    guard errno == ECONNREFUSED else { throw error(path, "connect") }
    if unsafe unlink(path) != 0, errno != ENOENT { throw error(path, "unlink") }
  }

  private static func call(
    _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32,
    _ descriptor: Int32,
    _ address: sockaddr_un
  ) -> Int32 {
    unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe function(descriptor, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  private static func error(_ path: String, _ call: String) -> ServingError {
    ServingError(path, ServingError.problem(call, errno))
  }
}

extension ServingError {
  /// What an error of the system means for someone who wants to listen.
  static func problem(_ call: String, _ code: Int32) -> Problem {
    switch code {
    case EADDRINUSE: .inUse
    case EACCES, EPERM: .notPermitted
    case EADDRNOTAVAIL: .notLocal
    case ENOENT, ENOTDIR: .noDirectory
    default: .system(call: call, code: code)
    }
  }
}
