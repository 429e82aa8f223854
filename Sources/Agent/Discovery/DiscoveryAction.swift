/// Names one piece of work of one provider: what comes of it brings the ticket back.
package struct DiscoveryTicket: Hashable, Sendable {
  /// The provider's place among those of its job.
  package let provider: Int
  package let number: Int
}

/// What a provider wants done.
package enum DiscoveryAction: Hashable, Sendable {
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
package struct DiscoveryRequest: Hashable, Sendable {
  package let ticket: DiscoveryTicket
  package let url: String
  package let headers: [MetaLabel]
  package let client: DiscoveryClient
  /// To the end of the answer, a stream's too: what hangs in a partition ends by this.
  package let timeoutMilliseconds: Int
  /// Of an answer that is read whole. A longer one is a failure.
  package let answerByteCountMax: Int
}

/// How a request says who asks, and whom it trusts.
package struct DiscoveryClient: Hashable, Sendable {
  package var authorization = ScrapeAuthorization.none
  package var tls = ScrapeTLS()

  package init() {}
}
