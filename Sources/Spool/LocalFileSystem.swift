import Glibc
package import Samples

/// A directory of this machine. Opened once: what happens to its path afterwards leads nowhere else.
@safe package final class LocalFileSystem: FileSystem {
  private let directory: Int32
  private let path: String

  /// Opens the directory, and creates it (0700) if it isn't there; its parent must be.
  package init(path: String) throws(FileError) {
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw FileError(.openDirectory, path, code: errno) }
    directory = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory < 0 { throw FileError(.openDirectory, path, code: errno) }
    self.path = path
  }

  deinit { _ = Glibc.close(directory) }

  package func list() throws(FileError) -> [DirectoryEntry] {
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

  package func create(_ name: String) throws(FileError) -> FileHandle {
    let file = unsafe openat(directory, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if file < 0 { throw FileError(.create, name, code: errno) }
    return FileHandle(rawValue: file)
  }

  package func open(_ name: String, writable: Bool) throws(FileError) -> FileHandle {
    let file = unsafe openat(directory, name, (writable ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_CLOEXEC)
    if file < 0 { throw FileError(.open, name, code: errno) }
    return FileHandle(rawValue: file)
  }

  package func byteCount(_ file: FileHandle) throws(FileError) -> Int {
    var status = stat()
    if unsafe fstat(file.rawValue, &status) != 0 { throw FileError(.read, path, code: errno) }
    return Int(status.st_size)
  }

  package func read(_ file: FileHandle, at offset: Int, count: Int, into buffer: inout ByteBuffer) throws(FileError) {
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

  package func write(_ bytes: Span<UInt8>, to file: FileHandle, at offset: Int) throws(FileError) {
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

  package func synchronize(_ file: FileHandle) throws(FileError) {
    // Not even after EINTR is it tried again: nothing says that the second call would report what the first one found.
    if fdatasync(file.rawValue) != 0 { throw FileError(.synchronize, path, code: errno) }
  }

  package func synchronizeDirectory() throws(FileError) {
    if fsync(directory) != 0 { throw FileError(.synchronizeDirectory, path, code: errno) }
  }

  package func remove(_ name: String) throws(FileError) {
    if unsafe unlinkat(directory, name, 0) != 0 { throw FileError(.remove, name, code: errno) }
  }

  package func close(_ file: FileHandle) { _ = Glibc.close(file.rawValue) }

  package func lock(_ name: String) throws(FileError) -> FileHandle? {
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
    return FileHandle(rawValue: file)
  }
}
