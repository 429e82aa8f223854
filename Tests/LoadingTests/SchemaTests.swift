import Artifacts
import Document
import Foundation
import Loading
import Model
import Testing

@Suite struct SchemaTests {
  private func validate(_ models: [String: String]) throws -> [String: String] {
    let schemaObject = try JSONSerialization.jsonObject(with: Data(json(schema()).string.utf8))
    let answer = try #require(
      try python("check_against_schema.py", ["schema": schemaObject, "models": models]) as? [String: Any]
    )
    return answer.compactMapValues { $0 as? String }
  }

  @Test func goodModelsValidate() throws {
    var models = ["initial": initialModel(), "uncommented": uncommented(initialModel())]
    for name in try Repository.examples() {
      let text = try Repository.text("examples/\(name)/rescfg.yaml")
      models[name] = text
      let model = try load(Array(text.utf8), file: name)
      for environment in model.environments {
        let configuration = try model.configuration(for: environment)
        models["\(name) \(environment)"] = yaml(resolvedModel(Baked(configuration))).string
      }
    }
    #expect(try validate(models) == [:])
  }

  /// What one key or value has wrong, a schema sees too.
  @Test func badModelsDoNot() throws {
    let names = [
      "unknown-setting", "mistyped", "unit-missing", "wrong-unit", "out-of-range", "huge-number", "not-a-mapping",
      "no-version", "newer-version", "environment-names", "resolved-and-overlays", "external-labels", "inline-secret",
      "scrape-configs", "extra-rules",
    ]
    var models: [String: String] = [:]
    for name in names { models[name] = try Repository.text("golden/errors/\(name).yaml") }
    #expect(Set(try validate(models).keys) == Set(names))
  }
}

@Suite struct InitialModelTests {
  @Test func itIsInForceAsItStands() throws {
    let (configuration, findings) = try load(Array(initialModel().utf8), file: "rescfg.yaml").examine("prod")
    #expect(findings == [])
    let resolved = try #require(configuration)
    let written = Settings.all.filter { resolved.location(of: $0) != nil }.map(\.path)
    #expect(
      Set(written) == [
        "enable_prometheus_stack", "enable_network_resilience", "network_partition_threshold", "metrics_sync_interval",
        "remote_write_queue_capacity", "remote_write_max_backoff",
      ]
    )
  }

  @Test func everySettingIsThereWithItsDefault() throws {
    let text = uncommented(initialModel())
    let model = try load(Array(text.utf8), file: "rescfg.yaml")
    #expect(model.problems == [])
    #expect(model.environments == ["dev", "prod"])
    let configuration = try #require(model.examine("dev").configuration)
    let changed: Set = ["enable_prometheus_stack", "enable_network_resilience", "survive"]
    for info in Settings.all {
      #expect(configuration.location(of: info) != nil, "\(info.path)")
      if !changed.contains(info.path) {
        #expect(configuration.resolved(info).value == info.defaultValue, "\(info.path)")
      }
    }
  }
}

/// The starting model with every setting in force.
private func uncommented(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    let indentation = line.prefix { $0 == " " }
    let rest = line.dropFirst(indentation.count)
    let isSetting = rest.hasPrefix("#") && rest.count > 1 && !rest.hasPrefix("# ")
    return indentation + (isSetting ? rest.dropFirst() : rest)
  }.joined(separator: "\n")
}

@Suite struct SettingsReferenceTests {
  @Test func pageIsCurrent() throws {
    let path = "docs/settings.md"
    if Repository.isRecording {
      try Repository.write(settingsReference(), to: path)
      Issue.record("recorded \(path)")
    } else {
      #expect(try Repository.text(path) == settingsReference(), "record it with RECORD=1")
    }
  }
}
