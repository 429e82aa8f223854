extension Check {
  /// Settings that were written other than they stand anyway and change nothing, as another setting stands.
  static let settingsWithoutEffect = Check(
    of: Settings.collector.info,
    Settings.storageKind.info,
    Settings.durability.info,
    Settings.centralKind.info,
    Settings.centralAuthentication.info,
    Settings.centralTLS.info
  ) { model in withoutEffect(model, among: dependents.flatMap(\.settings)) }

  static func withoutEffect(_ model: Configuration, among settings: [SettingInfo]) -> [Diagnostic] {
    dependents.flatMap { dependent -> [Diagnostic] in
      if dependent.matters(model) { return [] }
      return dependent.settings
        .filter {
          settings.contains($0) && model.location(of: $0) != nil
            && model.resolved($0).value != model.standardValue(of: $0)
        }
        .map { .withoutEffect($0, because: dependent.on, model) }
    }
  }

  private struct Dependent: Sendable {
    let settings: [SettingInfo]
    let on: SettingInfo
    let matters: @Sendable (Configuration) -> Bool
  }

  private static let dependents: [Dependent] = [
    Dependent(settings: [Settings.hostPath.info], on: Settings.storageKind.info) {
      $0[Settings.storageKind] == .hostPath
    },
    Dependent(settings: [Settings.fsyncInterval.info], on: Settings.durability.info) {
      $0[Settings.durability] == .interval
    },
    Dependent(
      settings: [
        Settings.durability.info, Settings.fsyncInterval.info, Settings.drainRate.info, Settings.retryAfterMax.info,
        Settings.queueCPURequest.info, Settings.queueMemoryRequest.info, Settings.queueCPULimit.info,
        Settings.queueMemoryLimit.info,
      ],
      on: Settings.collector.info
    ) { $0[Settings.collector].hasDurableQueue },
    Dependent(settings: [Settings.prometheusImage.info], on: Settings.collector.info) {
      $0[Settings.collector].hasPrometheus
    },
    Dependent(settings: [Settings.centralRetention.info, Settings.centralStorage.info], on: Settings.centralKind.info) {
      $0[Settings.centralKind] == .prometheus
    },
    Dependent(settings: [Settings.centralTenant.info], on: Settings.centralKind.info) {
      $0[Settings.centralKind].tenantHeader != nil
    },
    Dependent(settings: [Settings.centralUsername.info], on: Settings.centralAuthentication.info) {
      $0[Settings.centralAuthentication] == .basic
    },
    Dependent(settings: [Settings.centralSigningRegion.info], on: Settings.centralAuthentication.info) {
      $0[Settings.centralAuthentication] == .sigv4
    },
    Dependent(settings: [Settings.centralCredentials.info], on: Settings.centralAuthentication.info) {
      !$0.centralFiles.isEmpty
    },
  ]

  /// A model that was filled in and left switched off.
  static let resilienceIsOff = Check(of: Settings.enableNetworkResilience.info) { model in
    if model[Settings.enableNetworkResilience] { return [] }
    let ownEffect: Set = [
      Settings.enableNetworkResilience.info.path, Settings.enablePrometheusStack.info.path,
      Settings.clusterName.info.path,
      Settings.namespace.info.path, Settings.contact.info.path,
    ]
    let idle = Settings.all.filter { !ownEffect.contains($0.path) && model.location(of: $0) != nil }
    return idle.first.map { [.resilienceIsOff(model, $0)] } ?? []
  }
}
