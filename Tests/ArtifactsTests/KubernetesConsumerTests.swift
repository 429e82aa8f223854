import Artifacts
import Document
import Foundation
import Model
import Testing

/// The rendered files, read by who reads them in earnest.
@Suite(.serialized) struct KubernetesConsumerTests {
  /// Custom resources have no schema in Kubernetes itself.
  private func hasSchema(_ artifact: Artifact) -> Bool {
    !["prometheusrule", "kustomization"].contains { artifact.path.contains($0) }
  }

  @Test func everyManifestMeetsItsSchema() throws {
    let consumers = try KubernetesConsumers()
    var seen: Set<String> = []
    var files: [String] = []
    for (number, it) in KubernetesCase.all.enumerated() {
      let fresh = kubernetesArtifacts(it.configuration).filter { hasSchema($0) && seen.insert($0.contents).inserted }
      files += try consumers.write(fresh, to: String(number)).map(\.path)
    }
    #expect(files.count > 50)
    let result = try consumers.run(".tools/venv/bin/kubernetes-validate", ["--strict", "--quiet"] + files)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test(arguments: KubernetesCase.all.filter { $0.resilience || $0.stack })
  func kustomizeBuilds(_ it: KubernetesCase) throws {
    let consumers = try KubernetesConsumers()
    let artifacts = kubernetesArtifacts(it.configuration)
    try consumers.write(artifacts, to: "case")
    let result = try consumers.run("kubectl", ["kustomize", "case/kubernetes"])
    #expect(result.status == 0, "\(result.errors)")
    let documents = result.output.components(separatedBy: "\n---\n").count
    #expect(documents == artifacts.count - 1)
  }

  private struct Report: Decodable {
    struct Results: Decodable {
      struct Check: Decodable {
        let checkId: String
        let resource: String
        let filePath: String
      }
      let failedChecks: [Check]
      let skippedChecks: [Check]
      let passedChecks: [Check]
    }
    let results: Results
  }

  /// The rule checker's verdict: nothing failed, and every exception is one that it would have made.
  @Test func ruleCheckerFindsNothingButNamedExceptions() throws {
    let cases = [
      KubernetesCase(collector: .prometheus, storage: .hostPath),
      KubernetesCase(collector: .rescfg, storage: .statefulSetPVC, stack: false),
      KubernetesCase(collector: .prometheusOnly, storage: .ephemeral),
    ]
    func report(dropping isDropped: (Substring) -> Bool = { _ in false }) throws -> Report.Results {
      let consumers = try KubernetesConsumers()
      for (number, it) in cases.enumerated() {
        try consumers.write(kubernetesArtifacts(it.configuration), to: "case\(number)", dropping: isDropped)
      }
      let arguments = ["--framework", "kubernetes", "--skip-download", "--soft-fail", "--output", "json", "-d", "."]
      let result = try consumers.run(".tools/checkov/bin/checkov", arguments)
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Report.self, from: Data(result.output.utf8)).results
    }
    func names(_ checks: [Report.Results.Check]) -> Set<String> {
      Set(checks.map { "\($0.checkId) \($0.filePath)" })
    }
    let asRendered = try report()
    #expect(names(asRendered.failedChecks) == [])
    #expect(asRendered.passedChecks.count > 500)
    let withoutExceptions = try report { $0.contains("checkov.io/skip") }
    #expect(names(withoutExceptions.failedChecks) == names(asRendered.skippedChecks))
  }

  /// What the init container makes of the configuration, done by the program that it runs.
  @Test func nodeNameIsPutIn() throws {
    let consumers = try KubernetesConsumers()
    let pod = try #require(Manifests(KubernetesCase()).pods.first { $0.name == "prometheus-agent" })
    let command = try #require(pod.initContainers.first { $0.name == "name-node" }?["command"]?.list)
    for (folder, text) in [("source", "a: $(NODE_NAME)/$(NODE_NAME)\nb: $1 ${NODE_NAME} $(OTHER)\n"), ("made", "")] {
      let directory = consumers.folder.appendingPathComponent(folder)
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: directory.appendingPathComponent("agent.yml"))
    }
    let arguments = command.map { word in
      expanded(word, ["NODE_NAME": "ip-10-0-1-7.ec2.internal"])
        .replacingOccurrences(of: "/etc/prometheus-source", with: "source")
        .replacingOccurrences(of: "/etc/prometheus", with: "made")
    }
    #expect(arguments.contains("s/[$](NODE_NAME)/ip-10-0-1-7.ec2.internal/g"))
    let result = try consumers.run("busybox", arguments)
    #expect(result.status == 0 && result.output == "", "\(result.errors)")
    let made = try Data(contentsOf: consumers.folder.appendingPathComponent("made/agent.yml"))
    let expected = "a: ip-10-0-1-7.ec2.internal/ip-10-0-1-7.ec2.internal\nb: $1 ${NODE_NAME} $(OTHER)\n"
    #expect(String(decoding: made, as: UTF8.self) == expected)
  }

  /// Kubernetes' rule for `command` and `args`: `$(NAME)` is a variable's value where there is one, `$$` is `$`, and any
  /// other `$` stays with the character after it.
  private func expanded(_ word: String, _ variables: [String: String]) -> String {
    var result = ""
    var rest = Substring(word)
    while let character = rest.popFirst() {
      guard character == "$", let next = rest.first else {
        result.append(character)
        continue
      }
      if next == "(", let end = rest.firstIndex(of: ")") {
        let name = String(rest[rest.index(after: rest.startIndex)..<end])
        result += variables[name] ?? "$(\(name))"
        rest = rest[rest.index(after: end)...]
      } else {
        result += next == "$" ? "$" : "$\(next)"
        rest.removeFirst()
      }
    }
    return result
  }
}
