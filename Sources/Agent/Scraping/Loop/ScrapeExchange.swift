public import Samples

/// What the scraper asks its caller to do.
public enum ScrapeAction: Sendable {
  /// Send the request, and call `finish` with what came of it.
  case fetch(ScrapeRequest)
  /// Nobody waits for the answer any more.
  case cancel(UInt64)
  /// Put these samples into the spool.
  case take(SampleBatch)
}

/// One request to a target.
public struct ScrapeRequest: Sendable {
  /// Counts up; for `finish`.
  public let id: UInt64
  public let url: String
  /// All but Accept-Encoding, Authorization and Host.
  public let headers: [(name: String, value: String)]
  /// For everything, from looking up the name to the last byte.
  public let timeoutMilliseconds: Int64
  /// Of the body, after inflation; to be given up beyond.
  public let bodyByteCountMax: Int
  public let acceptsGzip: Bool
  public let authorization: ScrapeAuthorization
  public let tls: ScrapeTLS
}

/// What came of a request.
public enum ScrapeResult: Sendable {
  /// - Parameters:
  ///   - contentType: the header's text.
  ///   - body: inflated.
  case answer(status: Int, contentType: String?, body: [UInt8])
  /// - Parameter message: one sentence without a full stop.
  case failure(ScrapeFailure.Reason, message: String)
}

/// Why a scrape came to nothing.
public struct ScrapeFailure: Error, Hashable, Sendable {
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// No name, no connection, or it broke.
    case connection
    case timeout, tls
    /// An answer other than 200.
    case status
    /// Neither text nor OpenMetrics, or not to be inflated.
    case content
    /// A line that is no sample.
    case syntax
    /// Beyond a bound of the job or of the agent.
    case limit
    case other
  }

  public let reason: Reason
  public let message: String
  /// Samples read before it came to nothing, and those of them that relabeling kept.
  var exposedSamples = 0
  var keptSamples = 0
  /// Series among these that were new.
  var newSeries = 0
  /// Whether what was read is remembered: not where there is no room for it.
  var isRemembered = true
}
