import Loading
import Model
import Testing

/// The messages that a text gives, as `line:column code`.
func problems(_ text: String, environment: String = "prod") -> [String] {
  problems(Array(text.utf8), environment: environment)
}

func problems(_ bytes: [UInt8], environment: String = "prod") -> [String] {
  let findings: [Diagnostic]
  do { findings = try load(bytes, file: "rescfg.yaml").examine(environment).findings } catch { findings = error.all }
  return findings.map { finding in
    (finding.location.map { "\($0.line):\($0.column) " } ?? "") + finding.code
  }
}

func configuration(_ text: String, environment: String = "prod") throws -> Configuration {
  try load(Array(text.utf8), file: "rescfg.yaml").configuration(for: environment)
}

@Suite struct LoadTests {
  @Test func smallestModelIsTheDefaultsInEveryEnvironment() throws {
    for environment in ["dev", "prod"] {
      let configuration = try configuration("version: 1\n", environment: environment)
      #expect(configuration.environment == environment)
      for info in Settings.all {
        #expect(configuration.resolved(info) == Configuration.Resolved(info.defaultValue, from: .standard))
      }
    }
  }

  @Test func overlayWinsAndProvenanceSaysSo() throws {
    let text = """
      version: 1
      remote_write_max_backoff: 45s
      load: {nodes: 3, series_per_node: 100}
      environments:
        dev: {}
        prod:
          load:
            nodes: 30
      """
    func location(_ line: Int, _ column: Int) -> Location { Location(file: "rescfg.yaml", line: line, column: column) }
    let prod = try configuration(text)
    #expect(prod[Settings.nodes] == 30)
    #expect(prod.resolved(Settings.nodes.info).origin == .environment("prod", location(8, 14)))
    #expect(prod.resolved(Settings.seriesPerNode.info).origin == .model(location(3, 35)))
    #expect(prod[Settings.maxBackoff] == "45s")
    #expect(prod.resolved(Settings.syncInterval.info).origin == .standard)
    #expect(try configuration(text, environment: "dev")[Settings.nodes] == 3)
  }

  @Test func labelsMergeAndListsReplace() throws {
    let text = """
      version: 1
      external_labels: {team: core, region: eu}
      scrape_configs: [{job_name: a}]
      environments:
        dev: {scrape_configs: []}
        prod:
          external_labels: {region: us, tier: "1"}
      """
    let prod = try configuration(text)
    #expect(prod.externalLabels.map { "\($0.name)=\($0.value)" } == ["region=us", "team=core", "tier=1"])
    #expect(prod.scrapeConfigs?.count == 1)
    #expect(try configuration(text, environment: "dev").scrapeConfigs == [])
  }

  @Test func byteOrderMarkAndLineEndsAreTolerated() {
    #expect(problems(Array("\u{feff}version: 1\r\nnope: 1\r\n".utf8)) == ["2:1 unknown-setting"])
    #expect(problems("version: 1\rnope: 1\r") == ["2:1 unknown-setting"])
  }

  @Test func columnsCountScalars() {
    #expect(
      problems("version: 1\n\"äö𝄞\": 1\nx: {é: 1, é: 2}\n") == [
        "2:1 unknown-setting", "3:1 unknown-setting", "3:11 duplicate-key",
      ]
    )
  }

  @Test func everyProblemIsFoundInOneRun() {
    let text = """
      version: 1
      nope: 1
      metrics_sync_interval: "15"
      metrics_sync_interval: 15
      load: {nodes: *x}
      environments:
        prod: {survive: 30}
        ../x: {}
      """
    #expect(
      problems(text, environment: "prdo") == [
        "2:1 unknown-setting", "3:24 mistyped", "4:1 duplicate-key", "5:15 alias", "6:1 no-such-environment",
        "7:19 unit-missing", "8:3 environment-name",
      ]
    )
  }
}
