import Glibc

/// An open file or directory, closed when it goes out of scope. Every call on files in this program is made here.
///
/// Names given to a directory's methods are single names, and symbolic links are never followed.
struct Descriptor: ~Copyable {
  private let number: Int32
  /// For messages.
  let path: String

  private init(_ number: Int32, _ path: String) {
    self.number = number
    self.path = path
  }

  deinit { Glibc.close(number) }

  private func named(_ name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }
}

/// What stands at a name, links not followed.
enum FileKind: Hashable, Sendable {
  case file(byteCount: Int)
  case directory
  case link
  case other
}

// MARK: - Opening by a path that a person gave: links are followed, it is their path

extension Descriptor {
  static func file(_ path: String) throws(FileError) -> Descriptor {
    Descriptor(try system(.open, path) { unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) }, path)
  }

  static func removeIfThere(_ path: String) throws(FileError) {
    do throws(FileError) {
      try system(.remove, path) { unsafe unlink(path) }
    } catch {
      if !error.isMissing { throw error }
    }
  }

  static func rename(_ path: String, to newPath: String) throws(FileError) {
    try system(.rename, newPath) { unsafe Glibc.rename(path, newPath) }
  }

  static func newFile(_ path: String) throws(FileError) -> Descriptor {
    Descriptor(try system(.create, path) { unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }, path)
  }

  static func directory(_ path: String) throws(FileError) -> Descriptor {
    Descriptor(try system(.open, path) { unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }, path)
  }
}

// MARK: - Inside a directory

extension Descriptor {
  /// `nil` where nothing has that name.
  func kind(of name: String) throws(FileError) -> FileKind? {
    var status = stat()
    do throws(FileError) {
      try system(.inspect, named(name)) { unsafe fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) }
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file(byteCount: Int(status.st_size))
    case S_IFDIR: .directory
    case S_IFLNK: .link
    default: .other
    }
  }

  func openDirectory(_ name: String) throws(FileError) -> Descriptor {
    let path = named(name)
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    return Descriptor(try system(.open, path) { unsafe openat(number, name, flags) }, path)
  }

  func openFile(_ name: String) throws(FileError) -> Descriptor {
    let path = named(name)
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    return Descriptor(try system(.open, path) { unsafe openat(number, name, flags) }, path)
  }

  func createFile(_ name: String) throws(FileError) -> Descriptor {
    let path = named(name)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    return Descriptor(try system(.create, path) { unsafe openat(number, name, flags, 0o666) }, path)
  }

  func createDirectory(_ name: String) throws(FileError) {
    try system(.createDirectory, named(name)) { unsafe mkdirat(number, name, 0o777) }
  }

  func remove(_ name: String) throws(FileError) {
    try system(.remove, named(name)) { unsafe unlinkat(number, name, 0) }
  }

  func removeDirectory(_ name: String) throws(FileError) {
    try system(.remove, named(name)) { unsafe unlinkat(number, name, AT_REMOVEDIR) }
  }

  func rename(_ name: String, into directory: borrowing Descriptor, as newName: String) throws(FileError) {
    let target = directory.number
    try system(.rename, directory.named(newName)) { unsafe renameat(number, name, target, newName) }
  }

  /// Whether entries of the directory can be made and removed.
  func checkWritable() throws(FileError) {
    try system(.write, path) { unsafe faccessat(number, ".", W_OK | X_OK, 0) }
  }

  /// The names in the directory, in no order, without `.` and `..`.
  func names() throws(FileError) -> [String] {
    let copy = try system(.list, path) { unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let stream = unsafe fdopendir(copy) else {
      let code = errno
      Glibc.close(copy)
      throw FileError(.list, path, code)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        let code = errno
        if code != 0 { throw FileError(.list, path, code) }
        return names
      }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
  }

  /// Waits until no other process holds the directory. Where the file system has no locks, there is no waiting.
  func lock() throws(FileError) {
    do throws(FileError) {
      try system(.lock, path) { flock(number, LOCK_EX) }
    } catch {
      if ![EBADF, ENOLCK, EOPNOTSUPP, EINVAL, ENOSYS].contains(error.code) { throw error }
    }
  }
}

// MARK: - Bytes

extension Descriptor {
  /// All bytes, or the first `limit` where there are more.
  func read(limit: Int) throws(FileError) -> [UInt8] {
    var status = stat()
    try system(.inspect, path) { unsafe fstat(number, &status) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(.read, path, EISDIR) }
    var bytes: [UInt8] = []
    var room = min(max(Int(status.st_size) + 1, 16384), limit)
    while bytes.count < limit {
      let chunk = try readChunk(min(room, limit - bytes.count))
      if chunk.isEmpty { break }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      room = 65536
    }
    return bytes
  }

  private func readChunk(_ capacity: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let chunk = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      do throws(FileError) {
        count = try system(.read, path) { unsafe Glibc.read(number, buffer.baseAddress, buffer.count) }
      } catch {
        failure = error
        count = 0
      }
    }
    if let failure { throw failure }
    return chunk
  }

  func write(_ bytes: [UInt8]) throws(FileError) { try writeAll(bytes, to: number, named: path) }
}

/// Writes every byte to a descriptor.
public func writeAll(_ bytes: [UInt8], to number: Int32, named path: @autoclosure () -> String) throws(FileError) {
  var start = 0
  while start < bytes.count {
    let from = start
    start += try system(.write, path()) {
      unsafe bytes.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress! + from, $0.count - from) }
    }
  }
}
