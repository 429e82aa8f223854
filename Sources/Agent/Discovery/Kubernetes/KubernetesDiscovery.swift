/// `kubernetes_sd_configs` of the roles pod and node.
struct KubernetesDiscovery: DiscoveryProvider {
  /// One for each namespace.
  private var watches: [ObjectWatch]
  /// Where pods get labels of their nodes.
  private var nodes: ObjectWatch?
  private var tickets: TicketCounter
  private var generator: SeededGenerator
  private var pending: [DiscoveryAction] = []
  private(set) var groups: [DiscoveredGroup] = []

  init(_ apis: [KubernetesAPI], nodes: KubernetesAPI?, _ tickets: TicketCounter, seed: UInt64) {
    watches = apis.map { ObjectWatch($0) }
    self.nodes = nodes.map { ObjectWatch($0) }
    self.tickets = tickets
    generator = SeededGenerator(seed: seed)
  }

  private var all: [ObjectWatch] { watches + (nodes.map { [$0] } ?? []) }

  var nextStep: Int64? { pending.isEmpty ? all.compactMap(\.nextStep).min() : .min }

  var status: DiscoveryStatus {
    var status = DiscoveryStatus("kubernetes_sd_configs")
    status.isSynced = all.allSatisfy(\.isSynced)
    status.failureCount = all.reduce(0) { $0 + $1.failureCount }
    status.problem = all.lazy.compactMap(\.problem).first
    return status
  }

  mutating func step(now: Moment) -> [DiscoveryAction] {
    var actions = pending
    pending = []
    for index in watches.indices { actions += watches[index].step(now: now, &tickets, &generator) }
    actions += nodes?.step(now: now, &tickets, &generator) ?? []
    return actions
  }

  mutating func receive(_ event: DiscoveryEvent, now: Moment) -> Bool {
    var isChanged = false
    if let index = watches.firstIndex(where: { $0.awaits(event.ticket) }) {
      isChanged = watches[index].receive(event, now: now, &tickets, &generator, &pending)
    } else if nodes?.awaits(event.ticket) == true {
      isChanged = nodes?.receive(event, now: now, &tickets, &generator, &pending) ?? false
    }
    // Half of the targets would look as if the others were gone.
    guard isChanged, status.isSynced else { return false }
    let now = found
    defer { groups = now }
    return now != groups
  }

  private var found: [DiscoveredGroup] {
    var groups: [DiscoveredGroup] = []
    for object in watches.flatMap(\.objects.values) where !object.group.targets.isEmpty {
      var group = object.group
      if let node = nodes?.objects[object.nodeName] {
        group.labels = .unique((group.labels + node.lentLabels).map { ($0.name, $0.value) })
      }
      groups.append(group)
    }
    return groups.sorted { $0.source.utf8.lexicographicallyPrecedes($1.source.utf8) }
  }
}
