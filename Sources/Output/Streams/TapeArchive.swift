/// A tar stream that depends on names and bytes alone: sorted, no times, owner 0, mode 0644.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format" and, for names that don't fit, "pax Extended Header".
package struct TapeArchive {
  private static let blockSize = 512

  package static func bytes(of files: [OutputFile]) -> [UInt8] {
    var archive: [UInt8] = []
    archive.reserveCapacity(files.reduce(1024) { $0 + $1.bytes.count + 1024 })
    for file in files.sorted(by: { $0.path < $1.path }) {
      let name = Array(file.path.text.utf8)
      let (prefix, rest) = fitted(name)
      if rest.count > 100 {
        append(paxRecord("path", name), named: Array("pax-header".utf8), type: "x", to: &archive)
      }
      append(file.bytes, named: Array(rest.prefix(100)), under: prefix, type: "0", to: &archive)
    }
    archive.append(contentsOf: repeatElement(0, count: 2 * blockSize))
    return archive
  }

  /// The name in two parts around a `/`, the first at most 155 bytes and the second at most 100, if that can be.
  private static func fitted(_ name: [UInt8]) -> (prefix: [UInt8], rest: [UInt8]) {
    if name.count <= 100 { return ([], name) }
    for index in name.indices where name[index] == UInt8(ascii: "/") && index <= 155 && name.count - index - 1 <= 100 {
      return (Array(name[..<index]), Array(name[(index + 1)...]))
    }
    return ([], name)
  }

  /// `LENGTH key=value\n`, where the length counts its own digits.
  private static func paxRecord(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let body = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
    var length = body.count + 1
    while "\(length)".utf8.count + body.count != length { length = "\(length)".utf8.count + body.count }
    return Array("\(length)".utf8) + body
  }

  private static func append(
    _ bytes: [UInt8],
    named name: [UInt8],
    under prefix: [UInt8] = [],
    type: Unicode.Scalar,
    to archive: inout [UInt8]
  ) {
    var header = [UInt8](repeating: 0, count: blockSize)
    func put(_ field: some Collection<UInt8>, at offset: Int) {
      for (index, byte) in field.enumerated() { header[offset + index] = byte }
    }
    put(name, at: 0)
    put(octal(0o644, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    put(octal(bytes.count, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    put(repeatElement(UInt8(ascii: " "), count: 8), at: 148)
    header[156] = UInt8(ascii: type)
    put("ustar\0".utf8, at: 257)
    put("00".utf8, at: 263)
    put("root".utf8, at: 265)
    put("root".utf8, at: 297)
    put(octal(0, digits: 7), at: 329)
    put(octal(0, digits: 7), at: 337)
    put(prefix, at: 345)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(octal(sum, digits: 6), at: 148)
    header[154] = 0
    archive += header
    archive += bytes
    archive.append(contentsOf: repeatElement(0, count: (blockSize - bytes.count % blockSize) % blockSize))
  }

  private static func octal(_ number: Int, digits: Int) -> [UInt8] {
    let text = String(number, radix: 8)
    return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
  }
}
