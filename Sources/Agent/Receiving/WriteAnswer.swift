/// What a remote-write client is told.
package struct WriteAnswer: Hashable, Sendable {
  package struct Header: Hashable, Sendable {
    package var name: String
    package var value: String
  }

  package var status: Int
  package var headers: [Header]
  /// For people: senders must not read it by machine (2.0, "Response"). Empty on success.
  package var text: String

  package init(_ status: Int, headers: [Header] = [], text: String = "") {
    self.status = status
    self.headers = text.isEmpty ? headers : headers + [Header(name: "Content-Type", value: "text/plain; charset=utf-8")]
    self.text = text.isEmpty ? "" : text + "\n"
  }

  /// The body.
  package var bytes: [UInt8] { Array(text.utf8) }
}
