import Testing

@testable import Artifacts
@testable import Document
@testable import Model

/// A variable that nobody sets is the setting that nobody writes.
@Suite struct TerraformDefaultsTests {
  @Test(arguments: [PrometheusVersion(2, 42), PrometheusVersion(3, 5), PrometheusVersion(3, 14)])
  func defaultsAreTheModels(version: PrometheusVersion) throws {
    let configuration = Configuration(environment: "prod")
      .setting(Settings.prometheusVersion.info.path, to: version.scalar)
    let interface = ModuleInterface(configuration: configuration)
    var defaults: [String: Expression] = [:]
    for case .block("variable", let labels, let body) in interface.variables.items {
      for case .attribute("default", let value, _) in body.items { defaults[labels[0]] = value.untraced }
    }
    for info in Settings.variables {
      #expect(defaults[info.terraformName] == configuration.resolved(info).value.expression, "\(info.path)")
    }
    #expect(defaults["images_prometheus"] == .string("prom/prometheus:v\(version).0"))
    #expect(interface.readme.string.contains("| `\"prom/prometheus:v\(version).0\"` |"))
  }
}
