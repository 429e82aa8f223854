import Agent
import Model
import Samples
import Spool

/// A machine of the fleet: an agent's core, its disk, its clock, and the collector that hands it samples by remote write.
final class SimulatedNode {
  let index: Int
  let settings: NodeSettings
  let body: WriteBody
  /// When in each interval it collects.
  let phase: Int64
  var disk: SimulatedDisk
  /// Nothing while the agent is down.
  var core: AgentCore?
  /// What looks through the spool beside the core, and what raises alerts from the core's state; with it they come and go.
  var surveyor: SpoolSurveyor?
  var alerts: LocalAlerts?
  /// Monotonic: when the alerts have something to do.
  var alertWake = Int64.max
  var firing = Tally<LocalAlert>()
  var alertChanges: [AlertChange] = []
  /// By both clocks, of the agent that runs.
  var started = Moment(monotonic: 0, wall: 0)
  /// The second in which a request came to the centre that had failed before.
  var lastRetry: Int64 = -1
  /// When a sample was let go of first.
  var firstDrop: Int64?
  /// How often the agent was started.
  var generation = 0
  var clockError: Int64 = 0
  /// How many faults keep the agent down.
  var downCount = 0
  /// The collector is down, too.
  var isWithoutPower = false
  var wake: Int64?
  var collected = CollectedSamples()
  /// Moments that the agent hasn't acknowledged yet, oldest first.
  var unacknowledged: [Int64] = []
  /// The write that waits for its answer.
  var pendingWrite: (token: UInt64, timestamp: Int64)?
  var nextToken: UInt64 = 1
  var notBefore: Int64 = 0
  var events: [(time: Int64, event: PartitionEvent)] = []
  var deadLetterCount: UInt64 = 0
  var drain = DrainClock()
  /// When the newest that the centre has was collected.
  var newestArrived: Int64 = 0
  var queuedPeak: UInt64 = 0
  var random: SeededGenerator

  init(_ index: Int, _ settings: NodeSettings, groupCount: Int, _ streams: RandomStreams) {
    self.index = index
    self.settings = settings
    body = WriteBody(node: index, seriesCount: groupCount)
    var phases = streams.generator(.phase, index)
    phase = Int64.random(in: 0..<settings.configuration.scrapeIntervalMilliseconds, using: &phases)
    random = streams.generator(.path, index)
    disk = SimulatedDisk()
  }

  private var wakes = (second: Int64(0), count: 0)
  private static let wakesPerSecondMax = 900

  /// Whether the agent wants to be woken more often in a second than anything could need.
  func isRestless(_ now: Int64) -> Bool {
    if wakes.second != now / 1000 { wakes = (now / 1000, 0) }
    wakes.count += 1
    return wakes.count > Self.wakesPerSecondMax
  }

  static let destination = AgentConfiguration.centralDestination

  var spool: Spool? { core?.spool }
  var ledger: Ledger? { core?.spool.ledger(Self.destination) }

  /// What the collector keeps for an agent that doesn't answer, in moments: about an hour, as Prometheus does.
  var unacknowledgedMax: Int { Int(3_600_000 / settings.configuration.scrapeIntervalMilliseconds) }
}

/// When a node's outage was over for its data.
public struct DrainClock: Hashable, Sendable {
  /// When the way was free again.
  public var healedAt: Int64?
  /// Samples that the spool had taken by then, since it began.
  public var backlogEnd: UInt64 = 0
  /// When something not older than a scrape arrived.
  public var freshAt: Int64?
  /// When all of the backlog was settled.
  public var drainedAt: Int64?

  mutating func heal(at time: Int64, backlogEnd: UInt64) {
    healedAt = time
    self.backlogEnd = backlogEnd
    freshAt = nil
    drainedAt = nil
  }
}
