/// What a server answered.
public struct HTTPAnswer: Hashable, Sendable {
  public var status: Int
  /// Names in lower case, in the order received.
  public var headers: [Header]
  /// After decompression; empty where the request took it in chunks.
  public var body: [UInt8]
  /// Whether the body was longer than was read of it.
  public var isTruncated: Bool

  /// A line of the answer's head.
  public struct Header: Hashable, Sendable {
    /// In lower case.
    public var name: String
    /// Without white space around it.
    public var value: String
  }

  /// The first header of that name, which is in lower case.
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
