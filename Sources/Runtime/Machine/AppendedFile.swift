import Glibc

/// A file of lines that grows up to a bound and is then begun anew, with one former file kept.
///
/// For what people read and nothing depends on: a line that can't be written is left out, and the next one is tried again.
final class AppendedFile {
  private let path: String
  private let byteCountMax: Int
  private var descriptor: Int32 = -1
  private var byteCount = 0

  /// - Parameter byteCountMax: of the file; with the former one it is twice that.
  init(path: String, byteCountMax: Int) {
    self.path = path
    self.byteCountMax = byteCountMax
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Makes the file, empty, where it isn't there.
  /// - Returns: the system's number of what is wrong, if it can't be written.
  func create() -> Int32? {
    if descriptor < 0 { openFile() }
    return descriptor < 0 ? errno : nil
  }

  /// - Parameter bytes: a line with its end.
  /// - Returns: whether it is in the file.
  func append(_ bytes: [UInt8]) -> Bool {
    if descriptor < 0 { openFile() }
    if descriptor >= 0, byteCount + bytes.count > byteCountMax {
      close(descriptor)
      descriptor = -1
      // Where the former one can't be replaced, this one is begun anew all the same: the bound holds.
      if unsafe rename(path, path + ".1") != 0 { unsafe truncate(path, 0) }
      openFile()
    }
    let written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress!, $0.count) }
    if written == bytes.count {
      byteCount += bytes.count
      return true
    }
    // Half a line would spoil the next one, too.
    if written > 0 { ftruncate(descriptor, off_t(byteCount)) }
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
    return false
  }

  private func openFile() {
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    var status = stat()
    let outcome = unsafe fstat(descriptor, &status)
    byteCount = outcome == 0 ? Int(status.st_size) : 0
  }
}
