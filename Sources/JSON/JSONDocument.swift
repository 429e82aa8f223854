/// A whole document in memory, for small ones whose shape is looked into.
public indirect enum JSONDocument: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// As spelled.
  case number(String)
  case string(String)
  case array([JSONDocument])
  /// In the order of the document; of keys that stand twice, both.
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: JSONDocument

    public init(_ key: String, _ value: JSONDocument) {
      self.key = key
      self.value = value
    }
  }

  /// Reads one document and nothing behind it.
  public init(reading bytes: [UInt8], limits: JSONReader.Limits = JSONReader.Limits()) throws(JSONError) {
    var reader = try JSONReader(bytes, limits: limits)
    self = try reader.value()
    try reader.end()
  }

  /// The first value of an object's key.
  public subscript(_ key: String) -> JSONDocument? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}

extension JSONReader {
  /// A value of any kind.
  public mutating func value() throws(JSONError) -> JSONDocument {
    switch try peek() {
    case .null:
      try null()
      return .null
    case .boolean: return .boolean(try boolean())
    case .number: return .number(try number())
    case .string: return .string(try string())
    case .array:
      var items: [JSONDocument] = []
      try array { reader throws(JSONError) in items.append(try reader.value()) }
      return .array(items)
    case .object:
      var members: [JSONDocument.Member] = []
      try object { reader, key throws(JSONError) in members.append(JSONDocument.Member(key, try reader.value())) }
      return .object(members)
    }
  }
}
