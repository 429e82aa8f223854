internal import JSON

extension Manifest {
  /// Why a manifest can't be read, and the byte at which that showed.
  public struct ReadingError: Error, Hashable, Sendable {
    public let expected: String
    public let line: Int
    public let column: Int
  }

  /// Reads what `text` writes, in any JSON layout and order of keys. Anything else is refused: what files may be removed
  /// is decided by this.
  public init(reading bytes: [UInt8]) throws(ReadingError) {
    do throws(JSONError) {
      self.init(try Self.records(bytes))
    } catch {
      throw ReadingError(expected: error.expected, line: error.line, column: error.column)
    }
  }

  private static func records(_ bytes: [UInt8]) throws(JSONError) -> [Record] {
    var reader = try JSONReader(bytes)
    var records: [Record] = []
    var hasFiles = false
    try reader.object { reader, key throws(JSONError) in
      guard key == "files", !hasFiles else { throw reader.error("only the key \"files\", once") }
      hasFiles = true
      try reader.array { reader throws(JSONError) in records.append(try record(&reader)) }
    }
    try reader.end()
    if !hasFiles { throw reader.error("the key \"files\"") }
    return records
  }

  private static func record(_ reader: inout JSONReader) throws(JSONError) -> Record {
    var fields: [String: String] = [:]
    try reader.object { reader, key throws(JSONError) in
      guard ["path", "sha256", "environment", "version"].contains(key), fields[key] == nil else {
        throw reader.error("path, sha256, environment and version, each once")
      }
      let value = try reader.string()
      if key == "path", OutputPath(value)?.isOurs != true { throw reader.error("a path inside the directory") }
      if key == "sha256", !isDigest(value) { throw reader.error("64 lower-case hexadecimal digits") }
      fields[key] = value
    }
    guard let path = fields["path"].flatMap(OutputPath.init), let digest = fields["sha256"],
      let environment = fields["environment"], let version = fields["version"]
    else { throw reader.error("path, sha256, environment and version in each record") }
    return Record(path: path, digest: digest, environment: environment, version: version)
  }

  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

extension OutputPath {
  /// Whether a rendered file may have this path: not one that writing itself uses.
  public var isOurs: Bool {
    self != Manifest.path && text != Disk.stagingName && !text.utf8.starts(with: "\(Disk.stagingName)/".utf8)
  }
}
