/// What has arrived of an answer, bounded.
struct Received {
  /// Prometheus, Mimir and the API server of Kubernetes send about ten.
  static let headerCountMax = 100
  static let headerByteCountMax = 65_536
  /// What an announced length may reserve before a byte of it has come.
  private static let reservedByteCountMax = 1 << 20

  let bodyByteCountMax: Int
  private(set) var headers: [HTTPAnswer.Header] = []
  private(set) var body: [UInt8] = []
  private(set) var bodyByteCount = 0
  /// The body was longer than it may be.
  private(set) var isTruncated = false
  /// The body was longer than there was memory for.
  private(set) var isCutForMemory = false
  /// There were more headers than there may be.
  private(set) var hasTooManyHeaders = false

  private var headerCount = 0
  private var headerByteCount = 0

  init(bodyByteCountMax: Int) { self.bodyByteCountMax = bodyByteCountMax }

  /// Keeps what fits, and returns how many bytes that was; fewer than given ends the exchange.
  mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    let taken = countBody(bytes.count)
    if body.isEmpty, let announced = announcedByteCount {
      body.reserveCapacity(min(announced, bodyByteCountMax, Self.reservedByteCountMax))
    }
    if taken == bytes.count {
      unsafe body.append(contentsOf: bytes)
    } else {
      unsafe body.append(contentsOf: bytes.prefix(taken))
    }
    return taken
  }

  mutating func cutForMemory() {
    isTruncated = true
    isCutForMemory = true
  }

  /// Counts bytes of the body that are kept elsewhere; as `takeBody`.
  mutating func countBody(_ count: Int) -> Int {
    let taken = min(count, bodyByteCountMax - bodyByteCount)
    bodyByteCount += taken
    if taken < count { isTruncated = true }
    return taken
  }

  /// Keeps a header, and returns the number of bytes taken; 0 ends the exchange.
  mutating func takeHeader(_ line: UnsafeRawBufferPointer) -> Int {
    headerByteCount += line.count
    headerCount += 1
    guard headerByteCount <= Self.headerByteCountMax, headerCount <= Self.headerCountMax else {
      hasTooManyHeaders = true
      return 0
    }
    // A new status line: what came before it was an interim answer, whose headers still count.
    if unsafe line.starts(with: "HTTP/".utf8) { headers = [] }
    if let colon = unsafe line.firstIndex(of: UInt8(ascii: ":")) {
      let name = unsafe line[..<colon].map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }
      let value = unsafe trimmed(line[(colon + 1)...])
      headers.append(
        HTTPAnswer.Header(
          name: String(decoding: name, as: UTF8.self),
          value: unsafe String(decoding: value, as: UTF8.self)
        )
      )
    }
    return line.count
  }

  private var announcedByteCount: Int? {
    headers.last { $0.name == "content-length" }.flatMap { Int($0.value) }
  }
}

private func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
  var bytes = unsafe bytes
  while let first = unsafe bytes.first, first <= 0x20 { unsafe bytes.removeFirst() }
  while let last = unsafe bytes.last, last <= 0x20 { unsafe bytes.removeLast() }
  return unsafe bytes
}
