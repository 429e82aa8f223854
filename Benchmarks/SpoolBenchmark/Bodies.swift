import Glibc

enum Bodies {
  static func read(_ directory: String) -> [[UInt8]] {
    guard let stream = unsafe opendir(directory) else { SpoolBenchmark.stop("\(directory): not a directory") }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    let bodies = names.sorted().map { contents("\(directory)/\($0)") }
    guard bodies.count >= 2 else { SpoolBenchmark.stop("\(directory): needs two scrapes or more") }
    return bodies
  }

  private static func contents(_ path: String) -> [UInt8] {
    guard let file = unsafe fopen(path, "r") else { SpoolBenchmark.stop("\(path): can't be read") }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
