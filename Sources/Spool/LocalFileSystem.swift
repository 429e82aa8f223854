import Glibc
public import Samples

/// A directory of this machine. Opened once: what happens to its path afterwards leads nowhere else.
@safe public final class LocalFileSystem: FileSystem {
  private var directory: Int32
  private let path: String
  /// Taken by this object, to be taken anew in a directory that had to be made again.
  private var lockName: String?
  private var lockFile: Int32 = -1
  public private(set) var recreations = 0

  /// Opens the directory, and creates it (0700) if it isn't there; its parent must be.
  public init(path: String) throws(FileError) {
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw FileError(.openDirectory, path, code: errno) }
    directory = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory < 0 { throw FileError(.openDirectory, path, code: errno) }
    self.path = path
  }

  /// Opens a directory that must be there.
  public init(existing path: String) throws(FileError) {
    directory = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory < 0 { throw FileError(.openDirectory, path, code: errno) }
    self.path = path
  }

  deinit { _ = Glibc.close(directory) }

  public func list() throws(FileError) -> [DirectoryEntry] {
    // A descriptor of its own, since reading moves it.
    let copy = unsafe openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if copy < 0 { throw FileError(.list, path, code: errno) }
    guard let stream = unsafe fdopendir(copy) else {
      let code = errno
      _ = Glibc.close(copy)
      throw FileError(.list, path, code: code)
    }
    defer { unsafe closedir(stream) }
    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw FileError(.list, path, code: errno) }
        return entries
      }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      var status = stat()
      if unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
        if errno == ENOENT { continue }
        throw FileError(.list, name, code: errno)
      }
      entries.append(
        DirectoryEntry(name: name, isRegularFile: status.st_mode & S_IFMT == S_IFREG, byteCount: Int(status.st_size))
      )
    }
  }

  public func create(_ name: String) throws(FileError) -> FileHandle {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    var file = unsafe openat(directory, name, flags, 0o600)
    // Nothing else is missing when a name is made new: somebody has removed the directory.
    if file < 0, errno == ENOENT {
      try recreate()
      file = unsafe openat(directory, name, flags, 0o600)
    }
    if file < 0 { throw FileError(.create, name, code: errno) }
    return FileHandle(rawValue: file)
  }

  public func open(_ name: String, writable: Bool) throws(FileError) -> FileHandle {
    let file = unsafe openat(directory, name, (writable ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_CLOEXEC)
    if file < 0 { throw FileError(.open, name, code: errno) }
    return FileHandle(rawValue: file)
  }

  public func byteCount(_ file: FileHandle) throws(FileError) -> Int {
    var status = stat()
    if unsafe fstat(file.rawValue, &status) != 0 { throw FileError(.read, path, code: errno) }
    return Int(status.st_size)
  }

  public func read(_ file: FileHandle, at offset: Int, count: Int, into buffer: inout ByteBuffer) throws(FileError) {
    var done = 0
    while done < count {
      var got = 0
      var code: Int32 = 0
      unsafe buffer.append(capacity: count - done) { room in
        got = unsafe pread(file.rawValue, room, count - done, off_t(offset + done))
        code = errno
        return max(got, 0)
      }
      if got == 0 { return }
      if got > 0 { done += got } else if code != EINTR { throw FileError(.read, path, code: code) }
    }
  }

  public func write(_ bytes: Span<UInt8>, to file: FileHandle, at offset: Int) throws(FileError) {
    var done = 0
    while done < bytes.count {
      var code: Int32 = 0
      let got = unsafe bytes.withUnsafeBufferPointer { source in
        let got = unsafe pwrite(file.rawValue, source.baseAddress! + done, source.count - done, off_t(offset + done))
        code = errno
        return got
      }
      if got > 0 {
        done += got
      } else if got == 0 || code != EINTR {
        throw FileError(.write, path, code: got == 0 ? EIO : code)
      }
    }
  }

  public func synchronize(_ file: FileHandle) throws(FileError) {
    // Not even after EINTR is it tried again: nothing says that the second call would report what the first one found.
    if fdatasync(file.rawValue) != 0 { throw FileError(.synchronize, path, code: errno) }
    // A file whose name somebody removed takes every write, and nobody will ever find it again.
    var status = stat()
    if unsafe fstat(file.rawValue, &status) != 0 { throw FileError(.synchronize, path, code: errno) }
    if status.st_nlink == 0 { throw FileError(.synchronize, path, code: ENOENT) }
  }

  public func synchronizeDirectory() throws(FileError) {
    if fsync(directory) != 0 { throw FileError(.synchronizeDirectory, path, code: errno) }
  }

  public func remove(_ name: String) throws(FileError) {
    if unsafe unlinkat(directory, name, 0) != 0 { throw FileError(.remove, name, code: errno) }
  }

  public func close(_ file: FileHandle) { _ = Glibc.close(file.rawValue) }

  public func lock(_ name: String) throws(FileError) -> FileHandle? {
    guard let file = try takeLock(name) else { return nil }
    (lockName, lockFile) = (name, file)
    return FileHandle(rawValue: file)
  }

  private func takeLock(_ name: String) throws(FileError) -> Int32? {
    let file = unsafe openat(directory, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if file < 0 { throw FileError(.lock, name, code: errno) }
    if flock(file, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      _ = Glibc.close(file)
      if code == EWOULDBLOCK { return nil }
      throw FileError(.lock, name, code: code)
    }
    // For people only; the lock itself is the kernel's.
    let holder = Array("\(getpid())\n".utf8)
    if unsafe ftruncate(file, 0) != 0 || pwrite(file, holder, holder.count, 0) != holder.count {
      let code = errno
      _ = Glibc.close(file)
      throw FileError(.lock, name, code: code)
    }
    return file
  }

  /// Makes the directory again, with its lock. What was in it is gone; what is still in memory has a place again.
  private func recreate() throws(FileError) {
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw FileError(.openDirectory, path, code: errno) }
    let made = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if made < 0 { throw FileError(.openDirectory, path, code: errno) }
    _ = Glibc.close(directory)
    directory = made
    recreations += 1
    guard let lockName else { return }
    guard let lock = try takeLock(lockName) else { throw FileError(.lock, lockName, code: EWOULDBLOCK) }
    // Under the number that the owner knows, so that it is let go of as ever.
    if dup2(lock, lockFile) < 0 || fcntl(lockFile, F_SETFD, FD_CLOEXEC) < 0 {
      let code = errno
      _ = Glibc.close(lock)
      throw FileError(.lock, lockName, code: code)
    }
    _ = Glibc.close(lock)
  }
}

extension LocalFileSystem: RepairableFileSystem {
  public func rename(_ name: String, to new: String) throws(FileError) {
    if unsafe renameat(directory, name, directory, new) != 0 { throw FileError(.rename, name, code: errno) }
  }

  public func link(_ name: String, to new: String) throws(FileError) {
    if unsafe linkat(directory, name, directory, new, 0) != 0 { throw FileError(.link, name, code: errno) }
  }

  /// The process that holds the lock of that name, without taking it: as the kernel tells, or, where that process is of another
  /// namespace, as it wrote down itself. 0 where there is one and nobody says which.
  public func lockHolder(_ name: String) -> Int? {
    var status = stat()
    guard unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    let place = ":\(status.st_ino)"
    for line in Self.text("/proc/locks", from: AT_FDCWD).split(separator: "\n") {
      // 1: FLOCK  ADVISORY  WRITE 716 fe:00:394297 0 EOF
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK", words[5].hasSuffix(place) else { continue }
      if let holder = Int(words[4]), holder > 0 { return holder }
      return Int(Self.text(name, from: directory).split(separator: "\n").first ?? "") ?? 0
    }
    return nil
  }

  /// The first bytes of a small file; nothing where it can't be read.
  private static func text(_ path: String, from directory: Int32) -> String {
    let file = unsafe openat(directory, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    if file < 0 { return "" }
    defer { _ = Glibc.close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    var count = 0
    while count < bytes.count {
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe Glibc.read(file, $0.baseAddress! + count, $0.count - count)
      }
      if got <= 0 { break }
      count += got
    }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}

extension FileError {
  /// Whether there is no such name.
  public var isMissing: Bool { code == ENOENT }

  /// The system's sentence for the code, such as `No space left on device`.
  public var reason: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
