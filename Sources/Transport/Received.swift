/// What has arrived of an answer, bounded.
final class Received {
  private static let headerCountMax = 100

  private let byteCountMax: Int
  private(set) var headers: [HTTPAnswer.Header] = []
  private(set) var body: [UInt8] = []
  private(set) var isTruncated = false

  init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

  /// Returns the number of bytes taken; fewer than given ends the exchange.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    let taken = min(bytes.count, byteCountMax - body.count)
    unsafe body.append(contentsOf: bytes.prefix(taken))
    if taken < bytes.count { isTruncated = true }
    return taken
  }

  func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    let line = unsafe String(decoding: bytes, as: UTF8.self)
    // A new status line: what came before it was an interim answer.
    if line.hasPrefix("HTTP/") { headers = [] }
    if headers.count < Self.headerCountMax, let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      let end = value.lastIndex { !$0.isWhitespace }
      headers.append(
        HTTPAnswer.Header(name: line[..<colon].lowercased(), value: String(end.map { value[...$0] } ?? ""))
      )
    }
    return bytes.count
  }
}
