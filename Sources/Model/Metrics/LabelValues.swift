/// The fixed values of a label. All of them are exposed from the start, so that the first step of each is seen as a step.
public protocol FixedLabel: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

extension PartitionState: FixedLabel {}

/// `lane` of the ledger.
public enum LaneLabel: String, FixedLabel {
  case live, backlog
}

/// `lane` of delivered samples.
public enum DeliveryLabel: String, FixedLabel {
  case live, backlog
  /// Before this start, by either lane: the queue's books keep the sum.
  case earlier
}

/// `reason` of a refused sample: what the centre's answer says of it.
public enum RejectionLabel: String, FixedLabel {
  case tooOld = "too_old"
  case outOfOrder = "out_of_order"
  case duplicate
  case tooLarge = "too_large"
  case other
}

/// `reason` of a sample that was deleted unsent.
public enum DropLabel: String, FixedLabel {
  case diskFull = "disk_full"
  case tooOld = "too_old"
  case corrupt
  case ioError = "io_error"
  case other
}

/// `reason` of a sample that the centre lacks and no refill can bring.
public enum GapLossLabel: String, FixedLabel {
  case diskFull = "disk_full"
  case tooOld = "too_old"
  case corrupt, rejected, other
}

/// `result` of checks, probes, scrapes and comparisons.
public enum ResultLabel: String, FixedLabel {
  case success, failure
}

/// `result` of a write request.
public enum RequestLabel: String, FixedLabel {
  /// 2xx.
  case success
  /// No answer: no connection, a reset, a time limit.
  case transport
  /// 5xx.
  case serverError = "server_error"
  /// 429.
  case throttled
  /// Any other 4xx.
  case refused
}

/// `state` of a scrape target.
public enum TargetLabel: String, FixedLabel {
  case up, down
  /// Not scraped yet.
  case unknown
}

/// `reason` of a scrape that failed.
public enum ScrapeFailureLabel: String, FixedLabel {
  /// No name, no connection, or it broke.
  case connection
  case timeout, tls
  /// An answer other than 200.
  case status
  /// Neither text nor OpenMetrics, or not to be unpacked.
  case content
  /// A line that is no sample.
  case syntax
  /// Beyond a bound of the job: bytes, samples, labels.
  case limit
  case other
}

/// `input` of a sample.
public enum InputLabel: String, FixedLabel {
  case scrape, receive
}

/// `code` of an answer of the receiver.
public enum ReceiverLabel: String, FixedLabel {
  case ok = "200"
  case noContent = "204"
  case badRequest = "400"
  case notFound = "404"
  case methodNotAllowed = "405"
  case timeout = "408"
  case contentTooLarge = "413"
  case unsupportedMediaType = "415"
  case tooManyRequests = "429"
  case internalError = "500"
  case unavailable = "503"
  case other
}

/// `limit`: a bound of the agent.
public enum LimitLabel: String, FixedLabel {
  case bodySize = "body_size"
  case series
  case labelSize = "label_size"
  case concurrentScrapes = "concurrent_scrapes"
  case connections, targets, memory, disk
  case deadLetters = "dead_letters"
  case headerSize = "header_size"
  case requestTime = "request_time"
}

/// `state` of an agent, as the detector sees it.
public enum AgentStateLabel: String, FixedLabel {
  case connected, suspect, partitioned, recovering
  /// It has not answered for a while, or never.
  case unreachable
  /// Not asked yet.
  case unknown
}

/// `result` of asking an agent to look for gaps.
public enum SyncRequestLabel: String, FixedLabel {
  case accepted
  /// It has been asked too often.
  case throttled
  /// An agent of a release that can't.
  case unsupported
  case failure
}

/// `result` of telling the cluster's API server.
public enum ReportLabel: String, FixedLabel {
  case success
  /// 401 or 403: the role doesn't allow it.
  case forbidden
  case failure
  /// Not sent: there were too many at once.
  case omitted
}

extension Metric {
  /// The values that a label of this metric can have; nothing where they aren't known beforehand.
  public func fixedValues(ofLabel label: String) -> [String]? {
    func values<Label: FixedLabel>(_ type: Label.Type) -> [String] { type.allCases.map(\.rawValue) }
    return switch (self, label) {
    case (.ledgerDelivered, "lane"): values(DeliveryLabel.self)
    case (_, "lane"): values(LaneLabel.self)
    case (.ledgerRejected, "reason"): values(RejectionLabel.self)
    case (.ledgerDropped, "reason"): values(DropLabel.self)
    case (.gapSamplesLost, "reason"): values(GapLossLabel.self)
    case (.scrapeFailures, "reason"): values(ScrapeFailureLabel.self)
    case (.samplesDropped, "reason"): ["too_old", "unintentionally_dropped_series"]
    case (.scrapeTargets, "state"): values(TargetLabel.self)
    case (.fleetAgents, "state"): values(AgentStateLabel.self)
    case (_, "state"): values(PartitionState.self)
    case (.requests, "result"), (.writeChecks, "result"): values(RequestLabel.self)
    case (.fleetSyncRequests, "result"): values(SyncRequestLabel.self)
    case (.fleetReports, "result"): values(ReportLabel.self)
    case (_, "result"): values(ResultLabel.self)
    case (_, "alertname"): values(LocalAlert.self)
    case (_, "input"): values(InputLabel.self)
    case (_, "code"): values(ReceiverLabel.self)
    case (_, "limit"): values(LimitLabel.self)
    default: nil
    }
  }
}
