extension Settings {
  public static let rescfgImage = Setting(
    "images.rescfg",
    default: "rescfg/rescfg:0.1.0",
    .image,
    "Image of the agent's queue, detector and sync; pin it by digest",
    source: "ours"
  )
  public static let prometheusImage = Setting(
    "images.prometheus",
    default: "prom/prometheus:v3.5.0",
    .image,
    "Image of Prometheus in the agent pod: busybox-based, of prometheus_version; pin it by digest",
    source: "upstream"
  )

  static let images = [rescfgImage.info, prometheusImage.info]
}
