/// Names one piece of work of one provider: what comes of it brings the ticket back.
public struct DiscoveryTicket: Hashable, Sendable {
  /// The provider's place among those of its job.
  public let provider: Int
  public let number: Int
}

/// What a provider wants done.
public enum DiscoveryAction: Hashable, Sendable {
  /// Read the files; answered by `files`, with all that the patterns match.
  case readFiles(FileQuery)
  /// Read an answer whole; answered by `fetched` or `failed`.
  case fetch(DiscoveryRequest)
  /// Hand an answer on as it comes: `streamStarted`, `streamBytes`, and then `streamEnded` or `failed`.
  case stream(DiscoveryRequest)
  /// Break off a stream. Nothing more is expected of it.
  case cancel(DiscoveryTicket)
}

/// A GET.
public struct DiscoveryRequest: Hashable, Sendable {
  public let ticket: DiscoveryTicket
  public let url: String
  public let headers: [MetaLabel]
  public let client: DiscoveryClient
  /// To the end of the answer, a stream's too: what hangs in a partition ends by this.
  public let timeoutMilliseconds: Int
  /// Of an answer that is read whole. A longer one is a failure.
  public let answerByteCountMax: Int
}

/// How a request says who asks, and whom it trusts.
public struct DiscoveryClient: Hashable, Sendable {
  public var authorization = ScrapeAuthorization.none
  public var tls = ScrapeTLS()

  public init() {}
}
