public import Model

/// Raises alerts from a program's own state, and says what to post to which Alertmanager.
///
/// It is stepped by the loop that owns the state, costs it microseconds every few seconds, and never makes it wait: posting is the
/// network's affair, and what an Alertmanager doesn't take is posted anew as it is then.
public struct LocalAlerts: Sendable {
  /// Who raises them.
  public struct Origin: Hashable, Sendable {
    public var cluster: String
    public var node: String
    /// As the rules' series have it: the agent's is its node and port; a detector's is its pod.
    public var instance: String
    /// `agent` or `detector`, for the heartbeat.
    public var component: String
    public var contact: String

    public init(cluster: String, node: String, instance: String, component: String, contact: String) {
      self.cluster = cluster
      self.node = node
      self.instance = instance
      self.component = component
      self.contact = contact
    }
  }

  /// An agent that doesn't answer its detector.
  public struct Silence: Hashable, Sendable {
    public let node: String
    /// In milliseconds.
    public let lasted: Int64

    public init(node: String, lasted: Int64) {
      self.node = node
      self.lasted = lasted
    }
  }

  /// What is known at one moment.
  public struct Readings: Sendable {
    public var queues: [QueueReading] = []
    public var silences: [Silence] = []

    public init() {}
  }

  /// A message to an Alertmanager; its outcome comes back as `finish`.
  public struct Post: Hashable, Sendable {
    public let lane: Int
    /// Where: `/api/v2/alerts` of it.
    public let url: String
    public let body: [UInt8]
  }

  private var origin: Origin
  private var thresholds: AlertThresholds
  private var conditions: [String: QueueConditions] = [:]
  private var book = AlertBook()
  private var lanes: [AlertmanagerLane]
  private var nextReading: Int64
  private let started: Moment

  private static let readingMilliseconds: Int64 = 15_000
  /// Alerts on silent agents at a time; a whole cluster's silence needs no alert for each.
  private static let silenceCountMax = 100

  public init(_ origin: Origin, _ model: Configuration, now: Moment) {
    self.origin = origin
    thresholds = AlertThresholds(model)
    lanes = model.alertmanagers.map { AlertmanagerLane(url: $0, now: now) }
    nextReading = now.monotonic
    started = now
  }

  /// When `step` is to be called, in monotonic milliseconds.
  public var nextWake: Int64 {
    if lanes.isEmpty { return .max }
    return lanes.reduce(min(nextReading, book.nextWake ?? .max)) { min($0, $1.nextWake) }
  }

  /// To be called when a path's state changed: alerts on it need not wait for the next reading.
  public mutating func readSoon(now: Moment) { nextReading = min(nextReading, now.monotonic) }

  /// - Parameter read: what there is; asked for only where it is time.
  public mutating func step(now: Moment, _ read: () -> Readings) -> [Post] {
    if lanes.isEmpty { return [] }
    if now.monotonic >= min(nextReading, book.nextWake ?? .max) {
      nextReading = now.monotonic + Self.readingMilliseconds
      let holding = holding(read(), now: now)
      if book.update(holding, now: now) {
        for index in lanes.indices { lanes[index].noteNews(now: now) }
      }
    }
    var posts: [Post] = []
    for index in lanes.indices where lanes[index].step(now: now) {
      let document = AlertDocument(alerts: book.alerts(now: now), contact: origin.contact)
      posts.append(Post(lane: index, url: lanes[index].url + "/api/v2/alerts", body: document.bytes))
    }
    return posts
  }

  /// Takes the status of an Alertmanager's answer; nothing where none came.
  /// - Returns: what to say in the log, when one begins to fail.
  public mutating func finish(lane: Int, status: Int?, now: Moment) -> LogLine? {
    guard lanes.indices.contains(lane), lanes[lane].finish(status: status, now: now) else { return nil }
    var fields = [LogLine.Field("alertmanager", PublicURL(lanes[lane].url).description)]
    if let status { fields.append(.init("status", String(status))) }
    return LogLine(.warning, .program, "an Alertmanager takes no alerts", fields)
  }

  /// Takes a new model. Alerts that wait or fire go on; a list of other Alertmanagers begins anew.
  public mutating func reconfigure(_ model: Configuration, now: Moment) {
    thresholds = AlertThresholds(model)
    if lanes.map(\.url) != model.alertmanagers {
      lanes = model.alertmanagers.map { AlertmanagerLane(url: $0, now: now) }
    }
  }

  public var snapshot: AlertsSnapshot {
    AlertsSnapshot(
      firing: book.firing,
      notifications: lanes.map { (PublicURL($0.url).description, $0.results) }
    )
  }

  private mutating func holding(_ readings: Readings, now: Moment) -> [AlertCondition] {
    let labels = [
      (name: "cluster", value: origin.cluster), (name: "node", value: origin.node),
      (name: "instance", value: origin.instance),
    ]
    var holding = [watchdog]
    for queue in readings.queues {
      var known = conditions[queue.name] ?? QueueConditions(started: started)
      holding += known.read(queue, thresholds, labels: labels, now: now)
      conditions[queue.name] = known
    }
    for silence in readings.silences.prefix(Self.silenceCountMax) where silence.lasted >= thresholds.silentFor {
      holding.append(
        AlertCondition(
          alert: .agentSilent,
          subject: AlertSubject([(name: "cluster", value: origin.cluster), (name: "node", value: silence.node)]),
          summary: "The agent of \(silence.node) is silent",
          description: "The detector gets no answer from it. The node is cut off, or its agent is down."
        )
      )
    }
    return holding
  }

  private var watchdog: AlertCondition {
    AlertCondition(
      alert: .watchdog,
      subject: AlertSubject([
        (name: "cluster", value: origin.cluster), (name: "node", value: origin.node),
        (name: "instance", value: origin.instance), (name: "component", value: origin.component),
      ]),
      summary: "The \(origin.component) of \(origin.node) is alive",
      description: "Always fires. Where it stops, the \(origin.component) or its path to Alertmanager is down."
    )
  }
}

/// How alerts stand, for `/metrics`.
public struct AlertsSnapshot: Sendable {
  /// How many fire, by name.
  public var firing: Tally<LocalAlert>
  /// Messages to each Alertmanager, by what became of them; its URL as it may be shown.
  public var notifications: [(url: String, results: Tally<ResultLabel>)]

  public init(firing: Tally<LocalAlert> = Tally(), notifications: [(url: String, results: Tally<ResultLabel>)] = []) {
    self.firing = firing
    self.notifications = notifications
  }
}
