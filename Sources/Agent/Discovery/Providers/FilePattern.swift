/// A path of `file_sd_configs`, whose last part may have `*` and `?`.
public struct FilePattern: Hashable, Sendable {
  /// Empty for the working directory, otherwise with its slash.
  public let directory: String
  private let name: [UInt8]

  /// `nil` for what Prometheus refuses (wildcards in directories, endings other than json, yml and yaml), and for sets in brackets.
  public init?(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    let slash = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    directory = String(decoding: bytes[..<slash], as: UTF8.self)
    name = Array(bytes[slash...])
    let isPlain = !bytes[..<slash].contains { "*?[\\".utf8.contains($0) } && !name.contains { "[\\".utf8.contains($0) }
    guard isPlain, Self.hasKnownEnding(pattern) else { return nil }
  }

  private static func hasKnownEnding(_ path: String) -> Bool {
    let endings = [".json", ".yml", ".yaml", ".JSON", ".YML", ".YAML"]
    return endings.contains { path.hasSuffix($0) }
  }

  /// Whether a file of the directory is meant.
  public func matches(_ file: String) -> Bool {
    let file = Array(file.utf8)
    var (index, place) = (0, 0)
    // Where to go on when the last star has to take one byte more.
    var retry: (index: Int, place: Int)?
    while place < file.count {
      if index < name.count, name[index] == UInt8(ascii: "*") {
        retry = (index + 1, place)
        index += 1
      } else if index < name.count, name[index] == file[place] || name[index] == UInt8(ascii: "?") {
        index += 1
        place += 1
      } else if let last = retry {
        retry = (last.index, last.place + 1)
        (index, place) = (last.index, last.place + 1)
      } else {
        return false
      }
    }
    return name[index...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
