extension Settings {
  /// What only plans and checks ask for.
  public static let ofPlanning: [SettingInfo] = prices + [wireBytesPerSample.info]

  /// What only says how something is deployed, or what it costs: nothing that runs asks for it.
  fileprivate static let ofDeployment = Set(
    aws + images + ofPlanning + [storageClass.info, kmsKey.info, diskBytesPerSample.info]
      + all.filter { $0.keys.contains("resources") }
  )
}

extension SettingInfo {
  /// Whether `rescfg run` may read the setting, so that a pod has to be replaced when it changes.
  public var isRuntime: Bool { !Settings.ofDeployment.contains(self) }
}
