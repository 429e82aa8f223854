import Glibc

/// The bytes of a small file of the kernel's or the operator's, at most `byteCountMax` of them; nothing where it can't be read.
func wholeFile(_ path: String, byteCountMax: Int = 1 << 16) -> [UInt8]? {
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
  if file < 0 { return nil }
  defer { close(file) }
  var bytes = [UInt8](repeating: 0, count: byteCountMax)
  var count = 0
  while count < byteCountMax {
    let done = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(file, buffer.baseAddress! + count, byteCountMax - count)
    }
    if done < 0, errno == EINTR { continue }
    if done < 0 { return nil }
    if done == 0 { break }
    count += done
  }
  return Array(bytes[..<count])
}
