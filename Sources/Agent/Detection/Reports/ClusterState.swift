public import Model

/// How the cluster's paths to the centre are, as one detector sees them: what it answers at `/api/v1/status` and keeps in the
/// ConfigMap `network-partition-state` (docs/formats/events.md).
public struct ClusterState: Hashable, Sendable {
  public var time: Int64
  public var cluster: String
  public var environment: String
  public var detector: String
  public var node: String
  /// Of the detector's own path.
  public var state: PartitionState
  /// Milliseconds since 1970.
  public var since: Int64
  public var agents: Tally<AgentStateLabel>
  public var queuedSamples: UInt64
  /// In milliseconds.
  public var oldestUnsentAge: Int64
  /// Agents that are not connected, by name; the rest is `omittedCount`.
  public var listed: [Listed]
  public var omittedCount: Int

  /// One agent.
  public struct Listed: Hashable, Sendable {
    public var node: String
    public var address: String
    public var state: AgentStateLabel
    /// Milliseconds since 1970.
    public var since: Int64
    public var queuedSamples: UInt64
  }

  /// A ConfigMap holds 1 MiB at most.
  static let listedCountMax = 100

  public var json: JSONValue {
    .object(
      ("time", .time(time)),
      ("cluster", .string(cluster)),
      ("environment", .string(environment)),
      ("detector", .string(detector)),
      ("node", .string(node)),
      ("state", .string(state.rawValue)),
      ("since", .time(since)),
      ("agents", .unsigned(agents.total)),
      ("agents_by_state", .counts(agents)),
      ("queued_samples", .unsigned(queuedSamples)),
      ("oldest_unsent_age_seconds", .thousandths(oldestUnsentAge)),
      (
        "not_connected",
        .array(
          listed.map { agent in
            .object(
              ("node", .string(agent.node)),
              ("address", .string(agent.address)),
              ("state", .string(agent.state.rawValue)),
              ("since", .time(agent.since)),
              ("queued_samples", .unsigned(agent.queuedSamples))
            )
          }
        )
      ),
      ("not_connected_omitted", .integer(Int64(omittedCount)))
    )
  }

  /// A JSON merge patch (RFC 7396) of the ConfigMap: it has no key that another detector's lacks, so that whichever wrote last is
  /// all there is to read.
  public var configMapPatch: [UInt8] {
    Array(
      JSONValue.object(
        (
          "data",
          .object(
            ("state", .string(state.rawValue)),
            ("updated", .time(time)),
            ("detector", .string(detector)),
            ("state.json", .string(json.indented))
          )
        )
      ).compact.utf8
    )
  }

  /// What has to change for the ConfigMap to be written anew before its time.
  struct Essence: Hashable {
    let state: PartitionState
    let agents: Tally<AgentStateLabel>
    let listed: [String]
  }

  var essence: Essence { Essence(state: state, agents: agents, listed: listed.map { $0.address + $0.state.rawValue }) }
}
