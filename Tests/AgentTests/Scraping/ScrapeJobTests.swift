import Agent
import Model
import Samples
import Testing

@Suite struct ScrapeJobTests {
  private static func jobs(_ text: String) throws(Diagnostics) -> ScrapeJobs {
    try ScrapeJobs(NodeText.node(text).items, intervalMilliseconds: 8000)
  }

  @Test func everyFieldIsRead() throws {
    let read = try Self.jobs(
      """
      - job_name: one
        scrape_interval: 1m
        scrape_timeout: 5s
        scheme: https
        metrics_path: /m
        params:
          module: [a, b]
        honor_labels: true
        honor_timestamps: false
        track_timestamps_staleness: true
        enable_compression: false
        extra_scrape_metrics: true
        follow_redirects: false
        body_size_limit: 10MB
        sample_limit: 1
        target_limit: 2
        label_limit: 3
        label_name_length_limit: 4
        label_value_length_limit: 5
        scrape_protocols: [PrometheusText0.0.4]
        fallback_scrape_protocol: OpenMetricsText1.0.0
        metric_name_escaping_scheme: underscores
        keep_dropped_targets: 7
        basic_auth:
          username: u
          password_file: /p
        tls_config:
          ca_file: /ca
          cert_file: /cert
          key_file: /key
          server_name: s
          min_version: TLS12
        relabel_configs:
          - source_labels: [a, b]
            target_label: c
        metric_relabel_configs:
          - action: labeldrop
            regex: x
      - job_name: two
        bearer_token_file: /t
        static_configs:
          - targets: [h]
      """
    )
    var job = ScrapeJob(name: "one", intervalMilliseconds: 60_000, timeoutMilliseconds: 5000)
    job.scheme = "https"
    job.metricsPath = "/m"
    job.parameters = [.init("module", ["a", "b"])]
    job.honorsLabels = true
    job.honorsTimestamps = false
    job.tracksTimestampsStaleness = true
    job.acceptsGzip = false
    job.hasExtraMetrics = true
    job.limits.bodyByteCount = 10 << 20
    job.limits.sampleCount = 1
    job.limits.targetCount = 2
    job.limits.labelCount = 3
    job.limits.labelNameByteCount = 4
    job.limits.labelValueByteCount = 5
    job.protocols = [.text0]
    job.fallbackProtocol = .openMetrics1
    job.escapingScheme = "underscores"
    job.authorization = .basic(username: "u", usernameFile: nil, passwordFile: "/p")
    job.tls.caFile = "/ca"
    job.tls.certificateFile = "/cert"
    job.tls.keyFile = "/key"
    job.tls.serverName = "s"
    job.tls.minimumVersion = "TLS12"
    job.relabelRules = [RelabelRule(sources: ["a", "b"], pattern: .always, target: "c")]
    job.metricRelabelRules = [RelabelRule(action: .labeldrop, pattern: try RelabelPattern("x"))]
    #expect(read.jobs[0] == job)
    // No timeout of its own: ten seconds, and no more than the interval.
    var second = ScrapeJob(name: "two", intervalMilliseconds: 8000, timeoutMilliseconds: 8000)
    second.authorization = .header(scheme: "Bearer", credentialsFile: "/t")
    #expect(read.jobs[1] == second)
    #expect(read.warnings.map(\.message) == ["'keep_dropped_targets' has no effect on rescfg's own scraper"])
  }

  @Test(
    arguments: [
      (
        "follow_redirects: true",
        "rescfg's own scraper follows no redirects: a target could send it anywhere in the cluster", 3
      ),
      ("proxy_url: http://p", "rescfg's own scraper doesn't know 'proxy_url'", 3),
      ("consul_sd_configs: []", "rescfg's own scraper doesn't know 'consul_sd_configs'", 3),
      ("scrape_native_histograms: true", "rescfg's own scraper doesn't know 'scrape_native_histograms'", 3),
      ("metric_name_validation_scheme: legacy", "rescfg's own scraper doesn't know 'legacy'", 34),
      ("scrape_protocols: [PrometheusProto]", "rescfg's own scraper doesn't read 'PrometheusProto'", 21),
      ("scrape_timeout: 9s", "scrape_timeout is longer than the interval between scrapes", 19),
      (
        "bearer_token_file: /t\n  basic_auth:\n    username: u",
        "a request has one authorization, and this is a second one", 3
      ),
      ("authorization:\n    type: X", "this authorization has no credentials", 5),
      ("tls_config:\n    ca: PEM", "rescfg's own scraper reads certificates from files only", 5),
      ("sample_limits: 3", "a scrape config has no 'sample_limits'", 3),
      (
        "relabel_configs:\n    - regex: a(b\n      target_label: x",
        "the regex can't be used: a '(' that nothing closes", 15
      ),
      (
        "relabel_configs:\n    - regex: \"a(b\"\n      target_label: x",
        "the regex can't be used: a '(' that nothing closes", 14
      ),
    ] as [(String, String, Int)]
  ) func refuses(field: String, message: String, column: Int) {
    do {
      _ = try Self.jobs("- job_name: j\n  \(field)\n")
      Issue.record("taken: \(field)")
    } catch {
      #expect(error.all.map(\.message) == [message])
      #expect(error.all[0].location?.column == column, "\(field)")
      #expect(
        error.all[0].location?.line == (field.hasPrefix("bearer") || column == 5 || field.hasPrefix("relabel") ? 3 : 2)
      )
    }
  }

  @Test(
    arguments: [
      ("text/plain", true), ("text/plain; version=0.0.4", true), ("TEXT/PLAIN;charset=utf-8", true),
      ("application/openmetrics-text; version=1.0.0", false),
      ("application/vnd.google.protobuf; encoding=delimited", nil), ("text/html", nil), ("", nil), (nil, nil),
    ] as [(String?, Bool?)]
  ) func contentTypes(contentType: String?, isText: Bool?) {
    let format = ScrapeProtocol.format(contentType: contentType)
    #expect(format.map { $0 == .text } == isText)
  }
}
