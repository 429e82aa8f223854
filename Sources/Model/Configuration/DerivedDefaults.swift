extension Configuration {
  /// What a setting is here where nobody wrote it: its default, or what follows from another setting.
  ///
  /// The image of Prometheus follows `prometheus_version`: its first patch release, until it is pinned.
  package func standardValue(of info: SettingInfo) -> ScalarValue {
    if info.path == Settings.prometheusImage.info.path {
      return .text("prom/prometheus:v\(self[Settings.prometheusVersion]).0")
    }
    return info.defaultValue
  }
}
