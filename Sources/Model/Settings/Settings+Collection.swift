extension Settings {
  public static let collector = Structural(
    "collector",
    default: Collector.prometheus,
    "What collects on each node",
    source: "ours"
  )
  public static let prometheusVersion = Structural(
    "prometheus_version",
    .choice(PrometheusVersion.supported.map { Domain.ChoiceWord(word: $0.description, meaning: "Prometheus \($0)") }),
    default: PrometheusVersion(3, 5),
    "Minor release of Prometheus in the agent pod; selects metric names, flags and config fields",
    source: "upstream: LTS"
  )
  public static let survive = Setting(
    "survive",
    default: "12h",
    in: "1m"..."30d",
    "The partition that must not lose a sample",
    source: "ours"
  )

  static let collection = [collector.info, prometheusVersion.info, survive.info]
}
