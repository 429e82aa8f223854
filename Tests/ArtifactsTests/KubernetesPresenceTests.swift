import Artifacts
import Document
import Model
import Testing

/// Which objects and files exist.
@Suite struct KubernetesPresenceTests {
  @Test(arguments: KubernetesCase.all)
  func switchesDecide(_ it: KubernetesCase) {
    let kinds = it.objects.map(\.kind)
    let paths = kubernetesArtifacts(it.configuration).map(\.path)
    switch (it.resilience, it.stack) {
    case (false, false): #expect(kinds.isEmpty && paths.isEmpty)
    case (false, true):
      #expect(kinds == [.namespace])
      #expect(paths == ["kubernetes/10-namespace.yaml", "kubernetes/kustomization.yaml"])
    case (true, _):
      #expect(kinds.count == paths.count - 1)
      #expect(kinds.contains(.statefulSet) == (it.storage == .statefulSetPVC))
      #expect(kinds.contains(.daemonSet) == (it.storage != .statefulSetPVC))
    }
    #expect(paths == paths.sorted())
    #expect(Set(paths).count == paths.count)
  }

  @Test(arguments: KubernetesCase.resilient)
  func collectorsHaveTheirContainers(_ it: KubernetesCase) throws {
    let agent = try #require(Manifests(it).pods.first { $0.name == "prometheus-agent" })
    let expected: [Collector: [String]] = [
      .prometheus: ["rescfg", "prometheus"], .rescfg: ["rescfg"], .prometheusOnly: ["prometheus"],
    ]
    #expect(agent.containers.map(\.name) == expected[it.collector])
    #expect(agent.defaultContainer?.name == expected[it.collector]?.first)
    // 9090 is the default container's; whatever else listens does so on loopback.
    #expect(agent.containers.map { $0["ports"]?.items.count ?? 0 } == (it.collector == .prometheus ? [1, 0] : [1]))
  }

  @Test(arguments: KubernetesCase.resilient)
  func queueLiesWhereTheModelSays(_ it: KubernetesCase) throws {
    let agent = try #require(Manifests(it).pods.first { $0.name == "prometheus-agent" })
    let volume = agent.volumes.first { $0.name == "data" }
    let claims = agent.owner["spec", "volumeClaimTemplates"]?.items ?? []
    let size = ["spec", "resources", "requests", "storage"]
    switch it.storage {
    case .hostPath: #expect(volume?["hostPath", "path"]?.string == "/var/lib/rescfg")
    case .ephemeral:
      let claim = volume?["ephemeral", "volumeClaimTemplate"]
      #expect(size.reduce(claim) { $0?[$1] }?.string == "10Gi")
    case .statefulSetPVC:
      #expect(volume == nil && claims.count == 1)
      #expect(size.reduce(claims.first) { $0?[$1] }?.string == "10Gi")
      #expect(agent.owner["spec", "replicas"]?.string == "10")
    }
    #expect(agent.owner["metadata", "annotations", "rescfg.io/loses"]?.string?.isEmpty == false)
  }

  @Test func onlyTheCentralVolumeIsBackedUp() throws {
    let parameters = try #require(Manifests(KubernetesCase()).all("StorageClass").first?["parameters"])
    #expect(parameters["encrypted"]?.string == "true")
    #expect(parameters["type"]?.string == "gp3")
    #expect(
      parameters["tagSpecification_1"]?.string == #"Backup={{ .PVCName | contains "kube-prometheus-prometheus-db" }}"#
    )
  }
}
