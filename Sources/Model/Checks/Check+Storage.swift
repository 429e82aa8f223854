extension Check {
  /// A volume that is as old as its pod takes the queue with it when the pod is replaced.
  static let updatesKeepTheQueue = Check(
    of: Settings.storageKind.info,
    Settings.updateStrategy.info,
    Settings.collector.info
  ) { model in
    model[Settings.collector].hasDurableQueue && model[Settings.storageKind] == .ephemeral
      && model[Settings.updateStrategy] == .rollingUpdate ? [.updateLosesQueue(model)] : []
  }

  /// A key that was chosen and doesn't cover the queue.
  static let keyCoversTheQueue = Check(of: Settings.kmsKey.info, Settings.storageKind.info) { model in
    model[Settings.storageKind] == .hostPath && model.location(of: Settings.kmsKey.info) != nil
      ? [.keyWithoutQueue(model)] : []
  }

  /// NetworkPolicies are words until the add-on enforces them (EKS: `enableNetworkPolicy`).
  static let policiesAreEnforced = Check(of: Settings.manageAddons.info) { model in
    model[Settings.manageAddons] ? [] : [.policiesNotEnforced(model)]
  }
}
