extension Configuration {
  /// What a setting is here where nobody wrote it: its default, or what follows from another setting.
  ///
  /// The image of Prometheus follows `prometheus_version`: its first patch release, until it is pinned. Where requests to the centre go
  /// and how they are signed follows the centre's kind and the cluster's region, how late samples may come the centre's kind. A destination of its own follows its own settings.
  public func standardValue(of info: SettingInfo) -> ScalarValue {
    if info.path == Settings.prometheusImage.info.path {
      return .text("prom/prometheus:v\(self[Settings.prometheusVersion]).0")
    }
    if let (name, central) = Settings.centralSetting(of: info.path) {
      return toward(name).resolved(central).value
    }
    if info.path == Settings.centralWritePath.info.path {
      return .text(self[Settings.centralKind].remoteWritePath)
    }
    if info.path == Settings.centralCredentials.info.path { return .text("\(destinationName)-access") }
    if info.path == Settings.centralAuthentication.info.path {
      return self[Settings.centralKind].standardAuthentication.scalar
    }
    if info.path == Settings.outOfOrderWindow.info.path { return self[Settings.centralKind].standardWindow.scalar }
    if let followed = info.followed { return resolved(followed).value }
    return info.defaultValue
  }

  /// The variable whose value this one has here as nobody wrote it: it changes when that one is changed.
  public func followed(by info: SettingInfo) -> SettingInfo? {
    resolved(info).origin == .standard ? info.followed : nil
  }
}

extension SettingInfo {
  /// The setting that this one is equal to where nothing else is said.
  fileprivate var followed: SettingInfo? {
    path == Settings.centralSigningRegion.info.path ? Settings.region.info : nil
  }
}
