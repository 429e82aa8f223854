/// What the centre has to bear: requests and samples of the whole fleet, by the second.
struct CentreLoad {
  private(set) var samples: Double = 0
  private(set) var requests: Double = 0
  private(set) var peakSamplesPerSecond: Double = 0
  private(set) var peakRequestsPerSecond: Double = 0
  /// Nodes whose requests had failed before and come again in the same second.
  private(set) var peakReturning: Double = 0
  private var returning = (second: Int64(-1), nodes: 0.0)
  private var second: Int64 = -1
  private var samplesOfSecond: Double = 0
  private var requestsOfSecond: Double = 0
  /// Since `takeInterval` was asked last.
  private var samplesOfInterval: Double = 0
  private var requestsOfInterval: Double = 0

  mutating func note(samples: Double, requests: Double, now: Int64) {
    if now / 1000 != second {
      second = now / 1000
      samplesOfSecond = 0
      requestsOfSecond = 0
    }
    self.samples += samples
    self.requests += requests
    samplesOfSecond += samples
    requestsOfSecond += requests
    samplesOfInterval += samples
    requestsOfInterval += requests
    peakSamplesPerSecond = max(peakSamplesPerSecond, samplesOfSecond)
    peakRequestsPerSecond = max(peakRequestsPerSecond, requestsOfSecond)
  }

  /// Nodes come with a request that had failed before, for the first time in this second.
  mutating func noteReturn(nodes: Double, now: Int64) {
    if returning.second != now / 1000 { returning = (now / 1000, 0) }
    returning.nodes += nodes
    peakReturning = max(peakReturning, returning.nodes)
  }

  mutating func takeInterval() -> (samples: Double, requests: Double) {
    defer { (samplesOfInterval, requestsOfInterval) = (0, 0) }
    return (samplesOfInterval, requestsOfInterval)
  }
}
