internal import Glibc

/// Credentials in files, as they are now: a file is read again when its time, size or inode has changed.
struct CredentialFiles {
  /// A token of Kubernetes is about 1 KiB, one of a federation up to ten times that.
  static let byteCountMax = 65_536
  /// Beyond it everything is read anew.
  private static let fileCountMax = 256

  private struct Stamp: Hashable {
    let inode: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  private var known: [String: (stamp: Stamp, secret: Secret)] = [:]

  init() {}

  mutating func read(_ credential: Credential) throws(TransportFailure) -> Secret {
    switch credential {
    case .value(let secret): secret
    case .file(let path): try read(path)
    }
  }

  private mutating func read(_ path: String) throws(TransportFailure) -> Secret {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw problem(path, unsafe String(cString: strerror(errno))) }
    let stamp = Stamp(
      inode: status.st_ino,
      size: status.st_size,
      seconds: status.st_mtim.tv_sec,
      nanoseconds: status.st_mtim.tv_nsec
    )
    if let entry = known[path], entry.stamp == stamp { return entry.secret }
    let secret = Secret(try text(path))
    if known.count >= Self.fileCountMax { known = [:] }
    known[path] = (stamp, secret)
    return secret
  }

  private func text(_ path: String) throws(TransportFailure) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw problem(path, unsafe String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: Self.byteCountMax + 1)
    var count = 0
    while count < bytes.count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw problem(path, unsafe String(cString: strerror(errno))) }
      if got == 0 { break }
      count += got
    }
    guard count <= Self.byteCountMax else { throw problem(path, "longer than \(Self.byteCountMax) bytes") }
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte >= 9 && byte <= 13 }
    let end = bytes[..<count].lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
    return String(decoding: bytes[..<end].drop(while: isSpace), as: UTF8.self)
  }

  private func problem(_ path: String, _ words: String) -> TransportFailure {
    TransportFailure(kind: .other, message: "credentials file \(path): \(words)")
  }
}
