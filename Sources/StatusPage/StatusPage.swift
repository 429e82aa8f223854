public import Agent

/// The page at `/`: how an agent is, for whoever looks at it while the network is down.
///
/// One HTML document that asks for nothing from outside. It needs no script; with one it renews itself. Its size is bounded whatever the
/// number of targets, destinations and events, and whatever they are called.
public struct StatusPage: Sendable {
  /// What matters, the gravest first; one at least.
  public let findings: [Finding]
  public let targets: TargetList
  /// The destinations that are shown, in the model's order.
  public let queues: ArraySlice<QueueSnapshot>
  public let omittedQueueCount: Int
  let snapshot: AgentSnapshot

  /// Destinations at most.
  public static let queueCountMax = 12
  /// Changes of a path at most, the newest.
  static let eventCountMax = 20

  public init(_ snapshot: AgentSnapshot) {
    self.snapshot = snapshot
    findings = Finding.all(snapshot)
    targets = TargetList(snapshot.scraper.targets)
    queues = snapshot.queues.prefix(Self.queueCountMax)
    omittedQueueCount = snapshot.queues.count - queues.count
  }

  /// The document, in UTF-8.
  public var html: [UInt8] {
    var writer = HTMLWriter()
    writer.raw("<!doctype html>\n")
    writer.write(document)
    writer.raw("\n")
    return writer.bytes
  }

  /// What goes with it. The browser runs and styles what is ours alone, by its hash, and speaks to nobody but us.
  public static let headers: [(name: String, value: String)] = [
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "no-store"),
    (
      "content-security-policy",
      "default-src 'none'; style-src '\(Asset.style.hash)'; script-src '\(Asset.script.hash)'; connect-src 'self'; "
        + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
  ]
}
