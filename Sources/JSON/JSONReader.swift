/// Reads JSON (RFC 8259) from beginning to end, without building what nobody asks for.
///
/// Strict: UTF-8 only, no lone surrogates, nothing behind the end. What stands twice in an object is the reader's business.
public struct JSONReader {
  /// What bounds a document that comes from outside.
  public struct Limits: Hashable, Sendable {
    public var byteCountMax: Int
    /// Objects and arrays inside one another.
    public var depthMax: Int

    public init(byteCountMax: Int = 64 << 20, depthMax: Int = 64) {
      self.byteCountMax = byteCountMax
      self.depthMax = depthMax
    }
  }

  /// What stands next, told by its first byte.
  public enum Kind: Hashable, Sendable {
    case object, array, string, number, boolean, null
  }

  let bytes: [UInt8]
  var index = 0
  private let depthMax: Int
  private var depth = 0

  public init(_ bytes: [UInt8], limits: Limits = Limits()) throws(JSONError) {
    self.bytes = bytes
    depthMax = limits.depthMax
    if bytes.count > limits.byteCountMax { throw error("at most \(limits.byteCountMax) bytes") }
  }

  /// The error at the place reached.
  public func error(_ expected: String) -> JSONError {
    let before = bytes[..<index]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: bytes[start..<index], as: UTF8.self).unicodeScalars.count + 1
    return JSONError(expected: expected, line: line, column: column)
  }

  var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skipSpace() {
    while let byte = next, byte <= 0x20, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { index += 1 }
  }

  /// Mostly what is looked for stands there at once.
  @inline(__always)
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    if next != UInt8(ascii: character) {
      skipSpace()
      guard next == UInt8(ascii: character) else { return false }
    }
    index += 1
    return true
  }

  mutating func require(_ character: Unicode.Scalar) throws(JSONError) {
    if !take(character) { throw error("'\(character)'") }
  }

  /// Nothing but white space is left.
  public mutating func end() throws(JSONError) {
    skipSpace()
    if next != nil { throw error("the end of the file") }
  }

  public mutating func peek() throws(JSONError) -> Kind {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"): return .number
    case let byte? where (0x30...0x39).contains(byte): return .number
    default: throw error("a value")
    }
  }

  /// Calls `body` at each value, with its key; `body` has to read it or skip it.
  public mutating func object(_ body: (inout JSONReader, String) throws(JSONError) -> Void) throws(JSONError) {
    try require("{")
    try enter()
    defer { depth -= 1 }
    if take("}") { return }
    repeat {
      let key = try string()
      try require(":")
      try body(&self, key)
    } while take(",")
    try require("}")
  }

  /// Calls `body` at each element, which it has to read or skip.
  public mutating func array(_ body: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
    let outside = depth
    defer { depth = outside }
    guard try beginArray() else { return }
    repeat { try body(&self) } while try nextElement()
  }

  /// Goes into an array.
  /// - Returns: whether there is an element, which has to be read or skipped before `nextElement` is called.
  public mutating func beginArray() throws(JSONError) -> Bool {
    try require("[")
    try enter()
    if !take("]") { return true }
    depth -= 1
    return false
  }

  /// Goes on behind an element of the array that `beginArray` went into.
  /// - Returns: whether there is another; where there isn't, the array is over.
  public mutating func nextElement() throws(JSONError) -> Bool {
    if take(",") { return true }
    try require("]")
    depth -= 1
    return false
  }

  private mutating func enter() throws(JSONError) {
    if depth >= depthMax { throw error("at most \(depthMax) levels") }
    depth += 1
  }

  public mutating func boolean() throws(JSONError) -> Bool {
    skipSpace()
    if takeWord("true") { return true }
    if takeWord("false") { return false }
    throw error("true or false")
  }

  public mutating func null() throws(JSONError) {
    skipSpace()
    if !takeWord("null") { throw error("null") }
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count - index >= count else { return false }
    guard bytes[index..<(index + count)].elementsEqual(word.description.utf8) else { return false }
    index += count
    return true
  }

  /// Reads a value of any kind and forgets it. It has to be well formed all the same.
  public mutating func skip() throws(JSONError) {
    switch try peek() {
    case .object: try object { reader, _ throws(JSONError) in try reader.skip() }
    case .array: try array { reader throws(JSONError) in try reader.skip() }
    case .string: _ = try string()
    case .number: _ = try number()
    case .boolean: _ = try boolean()
    case .null: try null()
    }
  }
}
