import Agent
import Glibc

/// Reads what a query of `file_sd_configs` asks for: the files of its directories that match, but for those that look as they did.
func readFiles(_ query: FileQuery) -> [FileReading] {
  var readings: [FileReading] = []
  for pattern in query.patterns {
    let directory = pattern.directory.isEmpty ? "." : pattern.directory
    for name in names(in: directory) where pattern.matches(name) && readings.count < query.fileCountMax {
      readings.append(reading(pattern.directory + name, query))
    }
  }
  return readings
}

/// Sorted; none where the directory can't be read.
private func names(in directory: String) -> [String] {
  guard let stream = unsafe opendir(directory) else { return [] }
  defer { unsafe closedir(stream) }
  var names: [String] = []
  while let entry = unsafe readdir(stream) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    names.append(name)
  }
  return names.sorted()
}

private func reading(_ path: String, _ query: FileQuery) -> FileReading {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { return FileReading(path, .failed("it can't be looked at")) }
  let stamp = FileStamp(
    modifiedNanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec),
    byteCount: Int(status.st_size),
    inode: UInt64(status.st_ino)
  )
  if query.known[path] == stamp { return FileReading(path, .unchanged) }
  guard stamp.byteCount <= query.byteCountMax else {
    return FileReading(path, .failed("it has \(stamp.byteCount) bytes, of which \(query.byteCountMax) are taken"))
  }
  guard let bytes = wholeFile(path, byteCountMax: query.byteCountMax) else {
    return FileReading(path, .failed("it can't be read"))
  }
  return FileReading(path, .contents(bytes, stamp))
}
