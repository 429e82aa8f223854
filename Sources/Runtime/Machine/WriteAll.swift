import Glibc

/// Writes bytes to a descriptor, all of them, or as many as it takes: for what nothing depends on.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
  var offset = 0
  while offset < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
    }
    if count < 0, errno == EINTR { continue }
    if count <= 0 { return }
    offset += count
  }
}
