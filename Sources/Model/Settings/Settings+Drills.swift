extension Settings {
  public static let drillsEnabled = Setting(
    "drills.enabled",
    default: false,
    "Let 'rescfg drill partition' cut an agent's own path to its centre, for a time; the order is taken on loopback only",
    source: "spec: Regular Testing"
  )

  static let drills = [drillsEnabled.info]
}
