/// Cuts a stream into lines, each complete, none over a bound.
struct LineSplitter: Sendable {
  let byteCountMax: Int
  private var rest: [UInt8] = []

  init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

  /// The lines that these bytes complete, without empty ones; nothing if a line is too long.
  mutating func lines(_ bytes: [UInt8]) -> [[UInt8]]? {
    var lines: [[UInt8]] = []
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      if rest.count + end - start > byteCountMax { return nil }
      let line = rest + bytes[start..<end]
      rest = []
      if !line.isEmpty { lines.append(line) }
      start = end + 1
    }
    if rest.count + bytes.count - start > byteCountMax { return nil }
    rest += bytes[start...]
    return lines
  }
}
