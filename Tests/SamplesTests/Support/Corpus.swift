import Glibc

/// Files of `Corpus/`, beside the tests.
enum Corpus {
  static func files(_ folder: String, beside path: String = #filePath) -> [(name: String, bytes: [UInt8])] {
    let directory = path.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Corpus/" + folder
    guard let stream = unsafe opendir(directory) else { return [] }
    defer { unsafe closedir(stream) }
    var files: [(name: String, bytes: [UInt8])] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      guard let file = unsafe fopen("\(directory)/\(name)", "r") else { continue }
      defer { unsafe fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      let count = unsafe fread(&bytes, 1, bytes.count, file)
      files.append((name, Array(bytes[..<count])))
    }
    return files.sorted { $0.name < $1.name }
  }

  /// A few random changes: bits, bytes, pieces taken out and put in twice.
  static func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(contentsOf: bytes[index...].prefix(12), at: index)
      default: bytes.removeSubrange(index..<min(index + 9, bytes.count))
      }
    }
    return bytes
  }
}
