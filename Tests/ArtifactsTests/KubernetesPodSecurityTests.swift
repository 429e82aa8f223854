import Document
import Model
import Testing

/// What every pod promises about its processes; the restricted Pod Security level and more.
@Suite struct KubernetesPodSecurityTests {
  /// The one container that is root, and where.
  private func isOwner(_ container: Tree<Never>, _ it: KubernetesCase) -> Bool {
    it.storage == .hostPath && container.name == "own-directory"
  }

  @Test(arguments: KubernetesCase.resilient)
  func containersAreConfined(_ it: KubernetesCase) {
    for pod in Manifests(it).pods {
      #expect(pod.spec["automountServiceAccountToken"]?.string == "false")
      #expect(pod.spec["enableServiceLinks"]?.string == "false")
      for key in ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace"] { #expect(pod.spec[key] == nil) }
      for container in pod.initContainers + pod.containers {
        let security = container["securityContext"]
        let isOwner = isOwner(container, it)
        #expect(security?["runAsNonRoot"]?.string == (isOwner ? "false" : "true"))
        #expect(security?["runAsUser"]?.string == (isOwner ? "0" : "10001"))
        #expect(security?["allowPrivilegeEscalation"]?.string == "false")
        #expect(security?["privileged"]?.string == "false")
        #expect(security?["readOnlyRootFilesystem"]?.string == "true")
        #expect(security?["capabilities", "drop"]?.list == ["ALL"])
        #expect((security?["capabilities", "add"]?.list ?? []) == (isOwner ? ["CHOWN"] : []))
        #expect(security?["seccompProfile", "type"]?.string == "RuntimeDefault")
        #expect(container["imagePullPolicy"]?.string == "Always")
        for port in container["ports"]?.items ?? [] { #expect(port["hostPort"] == nil) }
        let words = (container["command"]?.list ?? []) + (container["args"]?.list ?? [])
        #expect(!words.contains { ["sh", "bash", "-c", "/bin/sh"].contains($0) }, "no shell")
      }
      let isHostPath = pod.volumes.contains { $0["hostPath"] != nil }
      #expect(isHostPath == (it.storage == .hostPath && pod.name == "prometheus-agent"))
    }
  }

  @Test(arguments: KubernetesCase.resilient)
  func amountsAreBounded(_ it: KubernetesCase) throws {
    for pod in Manifests(it).pods {
      for container in pod.initContainers + pod.containers {
        for amount in ["cpu", "memory", "ephemeral-storage"] {
          let request = try #require(container["resources", "requests", amount]?.string.flatMap { Quantity($0) })
          let limit = try #require(container["resources", "limits", amount]?.string.flatMap { Quantity($0) })
          #expect(request <= limit)
        }
      }
      // A kubelet evicts a pod when its emptyDirs and logs outgrow the sum of its containers' limits.
      let directories = pod.volumes.filter { $0["emptyDir"] != nil }
      let limits = try directories.map { try #require($0["emptyDir", "sizeLimit"]?.string.flatMap { Quantity($0) }) }
      let total = pod.containers.compactMap { $0["resources", "limits", "ephemeral-storage"]?.string }
        .compactMap { Quantity($0) }.reduce(0) { $0 + $1.value }
      #expect(limits.reduce(0) { $0 + $1.value } < total)
    }
  }

  @Test(arguments: KubernetesCase.resilient)
  func specificationsFiguresStandOnTheCollector(_ it: KubernetesCase) throws {
    let manifests = Manifests(it)
    func amounts(_ pod: String, _ container: String) throws -> [String?] {
      let pod = try #require(manifests.pods.first { $0.name == pod })
      let resources = try #require(pod.containers.first { $0.name == container })["resources"]
      return ["requests", "limits"].flatMap { kind in ["cpu", "memory"].map { resources?[kind, $0]?.string } }
    }
    let collector = it.collector == .rescfg ? "rescfg" : "prometheus"
    #expect(try amounts("prometheus-agent", collector) == ["100m", "256Mi", "500m", "1Gi"])
    #expect(try amounts("network-partition-detector", "rescfg") == ["50m", "64Mi", "100m", "128Mi"])
    #expect(try amounts("metrics-sync", "rescfg") == ["50m", "64Mi", "100m", "128Mi"])
  }

  @Test(arguments: KubernetesCase.resilient)
  func livenessAndReadinessDiffer(_ it: KubernetesCase) throws {
    for pod in Manifests(it).pods where pod.owner["kind"]?.string != "CronJob" {
      for container in pod.containers {
        let startup = try #require(container["startupProbe"])
        let liveness = try #require(container["livenessProbe"])
        let readiness = try #require(container["readinessProbe"])
        #expect(Set([startup, liveness, readiness]).count == 3)
        #expect(
          !liveness.parts.contains { $0.string?.contains("/-/ready") == true },
          "a slow centre must not restart it"
        )
      }
    }
  }

  @Test(arguments: KubernetesCase.resilient)
  func tokensAreShortAndOnlyWhereTheServerIsAsked(_ it: KubernetesCase) throws {
    for pod in Manifests(it).pods {
      let token = try #require(pod.volumes.first { $0["projected"] != nil })
      let sources = token["projected", "sources"]?.items ?? []
      let seconds = sources.compactMap { $0["serviceAccountToken", "expirationSeconds"]?.string }.compactMap { Int($0) }
      #expect(seconds.count == 1 && seconds.allSatisfy { $0 <= 3600 })
      let users = pod.containers.filter { container in
        (container["volumeMounts"]?.items ?? []).contains { $0.name == token.name }
      }
      #expect(users.count == 1)
      if pod.name == "prometheus-agent" {
        #expect(users[0].name == (it.collector == .rescfg ? "rescfg" : "prometheus"))
      }
    }
  }

  @Test(arguments: KubernetesCase.resilient)
  func rescfgIsStartedAsTheCommandLineSays(_ it: KubernetesCase) {
    let parts = ["prometheus-agent": "agent", "network-partition-detector": "detector", "metrics-sync": "sync"]
    for pod in Manifests(it).pods {
      let ours = pod.containers.filter { $0.name == "rescfg" }
      #expect(ours.count == (pod.name == "prometheus-agent" && it.collector == .prometheusOnly ? 0 : 1))
      for container in ours {
        #expect(container["command"]?.list == ["rescfg"])
        let expected = ["run", parts[pod.name], "--env", "prod", "--config", "/etc/rescfg/rescfg.yaml"]
        #expect(container["args"]?.list == expected)
        let mount = (container["volumeMounts"]?.items ?? []).first { $0["mountPath"]?.string == "/etc/rescfg" }
        let volume = pod.volumes.first { $0.name == mount?.name }
        let model = Manifests(it).one("ConfigMap", volume?["configMap", "name"]?.string ?? "")
        #expect(model?["data", "rescfg.yaml"] != nil)
      }
    }
  }

  @Test(arguments: KubernetesCase.all)
  func namespaceEnforcesWhatPodsKeep(_ it: KubernetesCase) {
    guard let namespace = Manifests(it).all("Namespace").first else { return #expect(!it.stack && !it.resilience) }
    let labels = namespace["metadata", "labels"]?.strings ?? [:]
    let needsHost = it.storage == .hostPath || it.stack
    #expect(labels["pod-security.kubernetes.io/enforce"] == (needsHost ? "privileged" : "restricted"))
    for mode in ["audit", "warn"] { #expect(labels["pod-security.kubernetes.io/\(mode)"] == "restricted") }
    for mode in ["enforce", "audit", "warn"] { #expect(labels["pod-security.kubernetes.io/\(mode)-version"] != nil) }
  }
}
