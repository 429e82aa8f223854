/// What a remote-write client is told.
public struct WriteAnswer: Hashable, Sendable {
  public struct Header: Hashable, Sendable {
    public var name: String
    public var value: String
  }

  public var status: Int
  public var headers: [Header]
  /// For people: senders must not read it by machine (2.0, "Response"). Empty on success.
  public var text: String

  public init(_ status: Int, headers: [Header] = [], text: String = "") {
    self.status = status
    self.headers = text.isEmpty ? headers : headers + [Header(name: "Content-Type", value: "text/plain; charset=utf-8")]
    self.text = text.isEmpty ? "" : text + "\n"
  }

  /// The body.
  public var bytes: [UInt8] { Array(text.utf8) }
}
