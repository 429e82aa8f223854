/// `static_configs`: targets that the model names.
struct StaticDiscovery: DiscoveryProvider {
  let groups: [DiscoveredGroup]

  func step(now: Moment) -> [DiscoveryAction] { [] }
  func receive(_ event: DiscoveryEvent, now: Moment) -> Bool { false }
  var nextStep: Int64? { nil }

  var status: DiscoveryStatus {
    var status = DiscoveryStatus("static_configs")
    status.succeed()
    return status
  }
}
