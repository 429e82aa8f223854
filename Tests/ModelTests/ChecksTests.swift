import Model
import Testing

@Suite struct ChecksTests {
  private static let location = Location(file: "rescfg.yaml", line: 1, column: 1)

  private func codes(_ values: [(String, ScalarValue)]) -> [String] {
    let on: [(String, ScalarValue)] = [("enable_network_resilience", .boolean(true))]
    let configuration = (on + values).reduce(Configuration(environment: "prod")) {
      $0.setting($1.0, to: $1.1, from: .model(Self.location))
    }
    return configuration.checked().map { "\($0.severity) \($0.code)" }
  }

  @Test func defaultsContradictNothing() {
    #expect(Configuration(environment: "prod").checked() == [])
    #expect(codes([]) == [])
  }

  private static let queueAge = ("alerts.queue_age", ScalarValue.duration("20m"))
  private static let roomy = ("queue.resources.limits.memory", ScalarValue.quantity("512Mi"))

  private static func amp(_ more: (String, ScalarValue)...) -> [(String, ScalarValue)] {
    [("central.kind", .text("amp")), ("central.url", .text("https://aps/w"))] + more
  }

  /// Each bound from both sides.
  private static let cases: [(values: [(String, ScalarValue)], expected: [String])] = [
    ([("remote_write_max_backoff", .duration("1s"))], []),
    ([("remote_write_max_backoff", .duration("999ms"))], ["error backoff-order"]),
    // The rules' window grows with the wait between attempts.
    ([("remote_write_max_backoff", .duration("10m"))], []),
    ([("remote_write.max_samples_per_send", .integer(3333))], []),
    ([("remote_write.max_samples_per_send", .integer(3334))], ["warning queue-out-of-proportion"]),
    ([("remote_write.max_samples_per_send", .integer(999))], ["warning queue-out-of-proportion"]),
    ([("remote_write.max_samples_per_send", .integer(10_001))], ["error batch-over-queue"]),
    ([("detector.check_timeout", .duration("29s"))], []),
    ([("detector.check_timeout", .duration("30s"))], ["error check-overlaps"]),
    ([("sync.resources.requests.cpu", .quantity("100m"))], []),
    ([("sync.resources.requests.cpu", .quantity("101m"))], ["error request-over-limit"]),
    ([("agent.resources.limits.memory", .quantity("255Mi"))], ["error request-over-limit"]),
    ([("central.out_of_order_window", .duration("12h16m"))], []),
    ([("central.out_of_order_window", .duration("12h15m59s"))], ["error window-too-short"]),
    (
      [
        ("central.out_of_order_window", .duration("12h")), ("central.kind", .text("victoriametrics")),
        ("central.url", .text("http://vm:8428")), ("survive", .duration("11h44m")),
      ], []
    ),
    (
      [
        ("central.out_of_order_window", .duration("12h")), ("central.kind", .text("victoriametrics")),
        ("central.url", .text("http://vm:8428")), ("survive", .duration("11h44m1s")),
      ], ["warning sync-too-rare"]
    ),
    (
      [("central.out_of_order_window", .duration("0s")), ("survive", .duration("44m")), queueAge],
      ["warning nothing-out-of-order"]
    ),
    (
      [("central.out_of_order_window", .duration("0s")), ("survive", .duration("44m1s")), queueAge],
      ["error window-too-short"]
    ),
    // Amazon's service: in order for an hour, or ten minutes late.
    (amp(), ["error window-too-short"]),
    (amp(("survive", .duration("44m")), queueAge), ["note nothing-out-of-order"]),
    (amp(("survive", .duration("44m1s")), queueAge), ["error window-too-short"]),
    (
      amp(("survive", .duration("30m")), queueAge, ("central.out_of_order_window", .duration("10m"))),
      ["error window-too-short"]
    ),
    (
      amp(("survive", .duration("30m")), queueAge, ("central.out_of_order_window", .duration("10m1s"))),
      ["error window-too-short", "error window-over-centre"]
    ),
    (
      amp(("survive", .duration("44m")), queueAge, ("central.auth", .text("basic"))),
      ["error central-auth", "note nothing-out-of-order"]
    ),
    ([("central.kind", .text("amp"))], ["error window-too-short", "warning central-address"]),
    // Mimir and Thanos take nothing out of order until they are told to.
    ([("central.kind", .text("mimir")), ("central.url", .text("https://mimir"))], ["error window-too-short"]),
    (
      [
        ("central.kind", .text("mimir")), ("central.url", .text("https://mimir")), ("survive", .duration("44m")),
        queueAge,
      ], ["warning nothing-out-of-order"]
    ),
    (
      [
        ("central.kind", .text("mimir")), ("central.url", .text("https://mimir")),
        ("central.out_of_order_window", .duration("12h16m")),
      ], []
    ),
    (
      [
        ("central.kind", .text("thanos-receive")), ("central.url", .text("https://thanos")),
        ("central.out_of_order_window", .duration("6h")),
      ], ["error window-too-short"]
    ),
    // With Prometheus alone nothing refills: no sync to wait for.
    (
      [("collector", .text("prometheus-only")), ("central.out_of_order_window", .duration("12h1m"))],
      ["warning no-durable-queue"]
    ),
    (
      [("collector", .text("prometheus-only")), ("central.out_of_order_window", .duration("12h59s"))],
      ["warning no-durable-queue", "error window-too-short"]
    ),
    ([("central.url", .text("http://metrics.example.com"))], ["warning central-plaintext"]),
    ([("central.url", .text("http://prometheus.monitoring.svc:9090"))], []),
    ([("central.url", .text("http://127.0.0.1:9090"))], []),
    ([("central.url", .text("http://prometheus.monitoring.svc.cluster.local:9090/prometheus"))], []),
    ([("central.url", .text("https://metrics.example.com"))], []),
    (
      [("central.url", .text("http://metrics.example.com")), ("central.auth", .text("bearer"))],
      ["warning central-plaintext"]
    ),
    (
      [("central.url", .text("http://metrics.example.com")), ("central.tls", .text("mutual"))],
      ["warning central-plaintext"]
    ),
    ([("central.url", .text("http://10.1.2.3:9090"))], ["warning central-plaintext"]),
    // 20000 x 10 / 15 s x 15 d x 2 B = 34.56 GB = 32.2 GiB
    (
      [("enable_prometheus_stack", .boolean(true)), ("central.storage_size", .quantity("33Gi"))], []
    ),
    (
      [("enable_prometheus_stack", .boolean(true)), ("central.storage_size", .quantity("32Gi"))],
      ["warning central-disk-too-small"]
    ),
    // 24 MiB + 181 KiB + 100 MiB
    ([("load.series_per_node", .integer(106_000))], []),
    ([("load.series_per_node", .integer(106_500))], ["warning memory-too-small"]),
    ([("load.series_per_node", .integer(500_000)), ("collector", .text("rescfg"))], []),
    ([("remote_write.retry_on_http_429", .boolean(false))], ["warning rate-limit-loses"]),
    ([("remote_write.retry_after_max", .duration("1h"))], []),
    (
      [("remote_write.retry_after_max", .duration("30m")), ("alerts.queue_age", .duration("29m"))],
      ["warning retry-after-long"]
    ),
    ([("storage.kind", .text("ephemeral"))], ["warning update-loses-queue"]),
    ([("storage.kind", .text("ephemeral")), ("agent.update_strategy", .text("OnDelete"))], []),
    ([("storage.kms_key", .text("alias/metrics"))], ["note queue-unencrypted"]),
    ([("storage.kms_key", .text("alias/metrics")), ("storage.kind", .text("statefulSetPVC"))], []),
    ([("aws.manage_addons", .boolean(false))], ["note policies-unenforced"]),
    ([("alerts.silent_node_for", .duration("11h59m"))], []),
    ([("alerts.silent_node_for", .duration("12h"))], ["warning alert-after-loss"]),
    ([("alerts.retry_for", .duration("12h"))], ["warning alert-after-loss"]),
    ([("alerts.sync_lag", .duration("12h"))], ["warning alert-after-loss"]),
    // Of 90 % of 10 GiB, what a segment of 64 MiB leaves is 0.993; of 90 % of 200 MiB, what an eighth leaves is 0.875.
    ([("alerts.queue_fill", .number(0.99))], []),
    ([("alerts.queue_fill", .number(0.994))], ["warning alert-after-loss"]),
    ([("alerts.queue_fill", .number(0.87)), ("storage.size", .quantity("200Mi"))], []),
    ([("alerts.queue_fill", .number(0.88)), ("storage.size", .quantity("200Mi"))], ["warning alert-after-loss"]),
    ([("central.auth", .text("basic"))], ["warning central-plaintext"]),
    ([("central.auth", .text("bearer")), ("central.url", .text("https://centre"))], []),
    ([("central.tls", .text("mutual"))], ["warning central-plaintext"]),
    ([("central.tls", .text("private-ca")), ("central.url", .text("https://centre"))], []),
    ([("central.tenant", .text("team"))], ["note without-effect"]),
    ([("central.username", .text("team"))], ["note without-effect"]),
    ([("central.credentials", .text("team"))], ["note without-effect"]),
    ([("central.sigv4_region", .text("eu-west-1"))], ["note without-effect"]),
    ([("central.retention", .duration("1d"))], []),
    ([("central.retention", .duration("23h"))], ["warning retention-too-short"]),
    ([("central.retention", .duration("11h"))], ["error retention-too-short"]),
    // 20000 / 15 s x 12 h x 1.5 B = 86.4 MB; seven eighths of 90 % of 105 MiB are 86.7 MB.
    ([("storage.size", .quantity("105Mi"))], []),
    ([("storage.size", .quantity("104Mi"))], ["error disk-too-small"]),
    ([("load.disk_bytes_per_sample", .number(190))], ["error disk-too-small"]),
    ([("survive", .duration("61m"))], []),
    ([("survive", .duration("1h"))], ["warning alert-after-loss"]),
    (
      [("survive", .duration("90s")), ("alerts.queue_age", .duration("1m"))],
      [
        "warning partition-seen-late", "warning alert-after-loss", "warning alert-after-loss",
        "warning alert-after-loss",
        "warning retry-after-long",
      ]
    ),
    (
      [("survive", .duration("91s")), queueAge, ("remote_write.retry_after_max", .duration("1m"))],
      [
        "warning alert-after-loss", "warning alert-after-loss", "warning alert-after-loss", "warning alert-after-loss",
      ]
    ),
    ([("load.scrape_interval", .duration("75s"))], []),
    ([("load.scrape_interval", .duration("76s"))], ["warning alert-window"]),
    (
      [("load.scrape_interval", .duration("151s"))],
      ["error alert-window", "warning alert-always-fires"]
    ),
    // 20000 / 15 s = 1333.3 a second; 2 shards, one of them for fresh samples, carry 1000 in 100 ms.
    ([("remote_write.drain_rate", .integer(1334))], []),
    ([("remote_write.drain_rate", .integer(1333))], ["warning drain-too-slow"]),
    ([("load.series_per_node", .integer(150_000)), ("remote_write.max_shards", .integer(2)), roomy], []),
    (
      [("load.series_per_node", .integer(150_001)), ("remote_write.max_shards", .integer(2)), roomy],
      ["warning shards-too-few"]
    ),
    // One lane: fresh samples wait behind the backlog, so it has to drain twice as fast.
    (
      [
        ("central.out_of_order_window", .duration("0s")), ("survive", .duration("44m")), queueAge,
        ("remote_write.drain_rate", .integer(2666)),
      ], ["warning nothing-out-of-order", "warning drain-too-slow"]
    ),
    (
      [
        ("collector", .text("prometheus-only")), ("load.series_per_node", .integer(75_001)),
        ("survive", .duration("90m")),
        ("remote_write.max_shards", .integer(1)),
      ], ["warning no-durable-queue", "warning shards-too-few"]
    ),
    (
      [("load.series_per_node", .integer(1_500_001)), ("storage.size", .quantity("1Ti")), roomy],
      ["warning drain-too-slow", "warning shards-too-few", "warning memory-too-small"]
    ),
    ([("network.vpc_cidr", .text("172.20.128.0/17"))], ["error networks-overlap"]),
    ([("network.vpc_cidr", .text("172.21.0.0/16"))], []),
    ([("network.vpc_cidr", .text("10.0.0.256/16"))], ["error bad-format"]),
    ([("network.service_cidr", .text("10.96.0.0/33"))], ["error bad-format"]),
    ([("network.vpc_cidr", .text("0.0.0.0/0"))], ["error networks-overlap"]),
    ([("prometheus_version", .text("2.55"))], []),
    ([("images.prometheus", .text("quay.io:443/prom/prometheus:v3.5.1"))], []),
    ([("images.prometheus", .text("prom/prometheus:3.50.0"))], ["error image-of-other-version"]),
    ([("images.prometheus", .text("registry:5000/prom:latest"))], []),
    (
      [("images.prometheus", .text("prom/prometheus:v3.5.0-distroless"))],
      ["error image-without-tools"]
    ),
    ([("collector", .text("prometheus-only"))], ["warning no-durable-queue"]),
    (
      [
        ("collector", .text("prometheus-only")), ("remote_write.protocol", .text("2.0")),
        ("prometheus_version", .text("2.53")),
      ], ["warning no-durable-queue", "error protocol-unknown"]
    ),
    (
      [("collector", .text("rescfg")), ("images.prometheus", .text("prom/prometheus:v2.42.0"))],
      ["note without-effect"]
    ),
    (
      [("storage.kind", .text("ephemeral")), ("storage.host_path", .text("/data"))],
      ["note without-effect", "warning update-loses-queue"]
    ),
    (
      [("enable_network_resilience", .boolean(false)), ("survive", .duration("2h"))],
      ["note resilience-off"]
    ),
  ]

  @Test(arguments: cases)
  func contradiction(values: [(String, ScalarValue)], expected: [String]) {
    #expect(codes(values).sorted() == expected.sorted())
  }

  /// What only a person can know: an address, which of two networks is wrong, whether a line without effect was meant.
  private static let forPeople: Set = ["central-address", "networks-overlap", "without-effect"]

  /// Whatever a finding offers to change, the model with it no longer has the finding.
  @Test(arguments: cases)
  func changesMend(values: [(String, ScalarValue)], expected: [String]) throws {
    let on: [(String, ScalarValue)] = [("enable_network_resilience", .boolean(true))]
    let model = (on + values).reduce(Configuration(environment: "prod")) {
      $0.setting($1.0, to: $1.1, from: .model(Self.location))
    }
    let findings = model.checked()
    for finding in findings {
      let isProperty = finding.severity == .note && finding.code == "nothing-out-of-order"
      #expect(finding.changes.isEmpty == (isProperty || Self.forPeople.contains(finding.code)), "\(finding.code)")
      for change in finding.changes {
        let mended = model.setting(change.path, to: change.value, from: .model(Self.location)).checked()
        let before = findings.count { $0.code == finding.code }
        let after = mended.count { $0.code == finding.code }
        #expect(after < before, "\(change.path): \(change.value) leaves \(finding.message)")
        let help = try #require(finding.help)
        #expect(help.contains("\(change.path) to ") && help.contains(change.value.written), "\(help)")
      }
    }
  }

  @Test func unusableSettingSilencesItsChecks() {
    let configuration = Configuration(environment: "prod").setting(
      "remote_write_max_backoff",
      to: .duration("1ms")
    )
    #expect(!configuration.checked().isEmpty)
    #expect(configuration.checked(except: ["remote_write.initial_backoff"]) == [])
  }

  @Test func signingFollowsKindAndRegion() {
    let plain = Configuration(environment: "prod")
    #expect(plain[Settings.centralAuthentication] == .none)
    let amp = plain.setting("central.kind", to: .text("amp")).setting(
      "aws.region",
      to: .text("eu-west-1")
    )
    #expect(
      amp[Settings.centralAuthentication] == .sigv4
        && amp[Settings.centralSigningRegion] == "eu-west-1"
    )
    let other = amp.setting("central.sigv4_region", to: .text("eu-central-1"))
    #expect(other[Settings.centralSigningRegion] == "eu-central-1")
  }

  @Test func imageFollowsVersion() {
    let old = Configuration(environment: "prod").setting("prometheus_version", to: .text("2.53"))
    #expect(old[Settings.prometheusImage] == "prom/prometheus:v2.53.0")
    #expect(
      Configuration(environment: "prod")[Settings.prometheusImage] == "prom/prometheus:v3.5.0"
    )
  }
}
