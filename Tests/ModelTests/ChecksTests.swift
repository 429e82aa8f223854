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

  /// Each bound from both sides.
  @Test(
    arguments: [
      ([("remote_write_max_backoff", .duration("1s"))], []),
      ([("remote_write_max_backoff", .duration("999ms"))], ["error backoff-order"]),
      ([("remote_write_max_backoff", .duration("75s"))], []),
      ([("remote_write_max_backoff", .duration("76s"))], ["warning alert-window"]),
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
        [("central.out_of_order_window", .duration("1h")), ("central.kind", .text("amp"))],
        ["error window-too-short", "warning central-address"]
      ),
      (
        [
          ("central.out_of_order_window", .duration("1h")), ("central.kind", .text("victoriametrics")),
          ("central.url", .text("http://vm:8428")),
        ], []
      ),
      (
        [("central.out_of_order_window", .duration("0s")), ("survive", .duration("44m"))],
        ["warning alert-after-loss", "warning nothing-out-of-order"]
      ),
      (
        [("central.out_of_order_window", .duration("0s")), ("survive", .duration("44m1s"))],
        ["warning alert-after-loss", "error window-too-short"]
      ),
      (
        [("central.kind", .text("amp")), ("central.auth", .text("basic")), ("central.url", .text("https://aps/w"))],
        ["error central-auth"]
      ),
      ([("central.kind", .text("amp")), ("central.url", .text("https://aps/w"))], []),
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
      ([("survive", .duration("90s"))], ["warning partition-seen-late", "warning alert-after-loss"]),
      ([("load.scrape_interval", .duration("75s"))], []),
      ([("load.scrape_interval", .duration("76s"))], ["warning alert-window"]),
      ([("load.scrape_interval", .duration("151s"))], ["error alert-window", "warning alert-always-fires"]),
      (
        [("load.series_per_node", .integer(1_500_001)), ("storage.size", .quantity("1Ti"))], ["warning drain-too-slow"]
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
      ([("images.prometheus", .text("prom/prometheus:v3.5.0-distroless"))], ["error image-without-tools"]),
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
      ([("storage.kind", .text("ephemeral")), ("storage.host_path", .text("/data"))], ["note without-effect"]),
      ([("enable_network_resilience", .boolean(false)), ("survive", .duration("2h"))], ["note resilience-off"]),
    ] as [([(String, ScalarValue)], [String])]
  )
  func contradiction(values: [(String, ScalarValue)], expected: [String]) {
    #expect(codes(values).sorted() == expected.sorted())
  }

  @Test func unusableSettingSilencesItsChecks() {
    let configuration = Configuration(environment: "prod").setting("remote_write_max_backoff", to: .duration("1ms"))
    #expect(!configuration.checked().isEmpty)
    #expect(configuration.checked(except: ["remote_write.initial_backoff"]) == [])
  }

  @Test func signingFollowsKindAndRegion() {
    let plain = Configuration(environment: "prod")
    #expect(plain[Settings.centralAuthentication] == .none)
    let amp = plain.setting("central.kind", to: .text("amp")).setting("aws.region", to: .text("eu-west-1"))
    #expect(amp[Settings.centralAuthentication] == .sigv4 && amp[Settings.centralSigningRegion] == "eu-west-1")
    let other = amp.setting("central.sigv4_region", to: .text("eu-central-1"))
    #expect(other[Settings.centralSigningRegion] == "eu-central-1")
  }

  @Test func imageFollowsVersion() {
    let old = Configuration(environment: "prod").setting("prometheus_version", to: .text("2.53"))
    #expect(old[Settings.prometheusImage] == "prom/prometheus:v2.53.0")
    #expect(Configuration(environment: "prod")[Settings.prometheusImage] == "prom/prometheus:v3.5.0")
  }
}
