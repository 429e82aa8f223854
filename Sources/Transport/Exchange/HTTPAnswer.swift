/// What a server answered.
package struct HTTPAnswer: Hashable, Sendable {
  package var status: Int
  /// Names in lower case, in the order received.
  package var headers: [Header]
  /// After decompression; empty where the request took it in chunks.
  package var body: [UInt8]
  /// Whether the body was longer than was read of it.
  package var isTruncated: Bool

  /// A line of the answer's head.
  package struct Header: Hashable, Sendable {
    /// In lower case.
    package var name: String
    /// Without white space around it.
    package var value: String
  }

  /// The first header of that name, which is in lower case.
  package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
