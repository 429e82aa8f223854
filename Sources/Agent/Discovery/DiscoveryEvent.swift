/// What came of an action.
public enum DiscoveryEvent: Hashable, Sendable {
  case files(DiscoveryTicket, [FileReading])
  case fetched(DiscoveryTicket, DiscoveryAnswer)
  case streamStarted(DiscoveryTicket, status: Int)
  case streamBytes(DiscoveryTicket, [UInt8])
  case streamEnded(DiscoveryTicket)
  /// No answer, or not all of it.
  case failed(DiscoveryTicket, reason: String)

  public var ticket: DiscoveryTicket {
    switch self {
    case .files(let ticket, _), .fetched(let ticket, _), .streamStarted(let ticket, _), .streamBytes(let ticket, _),
      .streamEnded(let ticket), .failed(let ticket, _):
      ticket
    }
  }
}

/// An answer as it was sent, whatever its status.
public struct DiscoveryAnswer: Hashable, Sendable {
  public var status: Int
  public var contentType: String
  public var body: [UInt8]

  public init(status: Int, contentType: String, body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}
