extension Vocabulary {
  /// `scrape_config`.
  public static let scrapeConfig = Vocabulary(
    "scrape config",
    scrapeFields + protocolFields + discoveryFields + httpClientFields,
    alsoChecked: ScrapeConfig.problems
  )

  private static let scrapeFields: [Field] = [
    .field("job_name", .text, isRequired: true),
    .field("honor_labels", .boolean),
    .field("honor_timestamps", .boolean),
    .field("track_timestamps_staleness", .boolean, since: PrometheusVersion(2, 48)),
    .field("params", .map(.list(.text))),
    .field("scrape_interval", .duration),
    .field("scrape_timeout", .duration),
    .field("metrics_path", .text),
    .field("scheme", .word(["http", "https"])),
    .field("enable_compression", .boolean, since: PrometheusVersion(2, 49)),
    .field("body_size_limit", .size),
    .field("sample_limit", .count),
    .field("target_limit", .count),
    .field("label_limit", .count),
    .field("label_name_length_limit", .count),
    .field("label_value_length_limit", .count),
    .field("keep_dropped_targets", .count, since: PrometheusVersion(2, 47)),
    .field("scrape_failure_log_file", .text, since: PrometheusVersion(2, 55)),
    .field("extra_scrape_metrics", .boolean, since: PrometheusVersion(3, 10)),
    .field("relabel_configs", .list(.object(.relabelConfig))),
    .field("metric_relabel_configs", .list(.object(.relabelConfig))),
  ]

  private static let protocolFields: [Field] = [
    .field("scrape_protocols", .list(.word(scrapeProtocols)), since: PrometheusVersion(2, 49)),
    .field("fallback_scrape_protocol", .word(scrapeProtocols), since: PrometheusVersion(3, 0)),
    .field("scrape_native_histograms", .boolean, since: PrometheusVersion(3, 8)),
    .field("native_histogram_bucket_limit", .count, since: PrometheusVersion(2, 45)),
    .field("native_histogram_min_bucket_factor", .number, since: PrometheusVersion(2, 50)),
    .field(
      "scrape_classic_histograms",
      .boolean,
      since: PrometheusVersion(2, 45),
      gone: Field.Gone(after: PrometheusVersion(2, 55), newName: "always_scrape_classic_histograms")
    ),
    .field("always_scrape_classic_histograms", .boolean, since: PrometheusVersion(3, 0)),
    .field("convert_classic_histograms_to_nhcb", .boolean, since: PrometheusVersion(3, 0)),
    .field("metric_name_validation_scheme", .word(["legacy", "utf8"]), since: PrometheusVersion(2, 55)),
    .field(
      "metric_name_escaping_scheme",
      .word(["allow-utf-8", "underscores", "dots", "values"]),
      since: PrometheusVersion(3, 4)
    ),
  ]

  private static let scrapeProtocols: [Word] = [
    "PrometheusProto", "OpenMetricsText0.0.1", "OpenMetricsText1.0.0", "PrometheusText0.0.4",
    Word("PrometheusText1.0.0", since: PrometheusVersion(3, 0)),
  ]

  /// `relabel_config`.
  static let relabelConfig = Vocabulary(
    "relabel config",
    [
      .field("source_labels", .list(.text)),
      .field("separator", .text),
      .field("regex", .text),
      .field("modulus", .count),
      .field("target_label", .text),
      .field("replacement", .text),
      .field(
        "action",
        .word([
          "replace", "keep", "drop", "keepequal", "dropequal", "hashmod", "labelmap", "labeldrop", "labelkeep",
          "lowercase", "uppercase",
        ])
      ),
    ],
    alsoChecked: RelabelConfig.problems
  )
}
