extension Configuration {
  /// What a setting is here where nobody wrote it: its default, or what follows from another setting.
  ///
  /// The image of Prometheus follows `prometheus_version`: its first patch release, until it is pinned. How requests to the centre are
  /// signed follows the centre's kind and the cluster's region.
  package func standardValue(of info: SettingInfo) -> ScalarValue {
    if info.path == Settings.prometheusImage.info.path {
      return .text("prom/prometheus:v\(self[Settings.prometheusVersion]).0")
    }
    if info.path == Settings.centralAuthentication.info.path {
      return self[Settings.centralKind].standardAuthentication.scalar
    }
    if info.path == Settings.centralSigningRegion.info.path { return .text(self[Settings.region]) }
    return info.defaultValue
  }
}
