extension PrometheusAgent {
  /// What one outage did.
  public struct Outcome: Hashable, Sendable {
    /// Seconds of samples that the centre never gets, those that nobody scraped among them.
    public var lostSeconds = 0
    /// Seconds from the end of the outage until what arrives is fresh.
    public var freshSeconds: Int?
    public var peakLogBytes: Double = 0
  }

  /// - Parameters:
  ///   - outage: seconds from the beginning, of which all is well before the first.
  ///   - restart: when it is killed, and when it scrapes again; nothing where it isn't.
  ///   - truncationOffset: seconds from the beginning to the first truncation.
  public static func outcome(
    _ settings: PrometheusSettings,
    outage: Range<Int>,
    restart: Range<Int>? = nil,
    truncationOffset: Int
  ) -> Outcome {
    var agent = PrometheusAgent(settings, truncationOffset: truncationOffset)
    var outcome = Outcome()
    let end = outage.upperBound + 2 * outage.count + Int(settings.maxBackoffSeconds) + 600
    for second in 0..<end {
      if restart?.contains(second) == true {
        agent.stayDown(second)
        continue
      }
      agent.step(second, outage.contains(second) ? .failed : .taken, rate: settings.sendRate)
      if second >= outage.upperBound, outcome.freshSeconds == nil, second + 1 - agent.newest <= freshSeconds {
        outcome.freshSeconds = second + 1 - outage.upperBound
      }
    }
    outcome.lostSeconds = agent.losses.total
    outcome.peakLogBytes = agent.peakLogBytes
    return outcome
  }

  private static let freshSeconds = 16

  /// How long an outage may last, at worst and in seconds, before it loses anything: wherever in a period of truncation it begins.
  public static func guaranteedSeconds(_ settings: PrometheusSettings) -> Int {
    var low = 0
    var high = 12 * settings.truncationSeconds
    let step = max(settings.truncationSeconds / 24, 1)
    while high - low > step {
      let middle = (low + high) / 2
      let loses = stride(from: 0, to: settings.truncationSeconds, by: step).contains { offset in
        let start = 6 * settings.truncationSeconds
        return outcome(settings, outage: start..<start + middle, truncationOffset: offset + 1).lostSeconds > 0
      }
      if loses { high = middle } else { low = middle }
    }
    return low
  }
}
