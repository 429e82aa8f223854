import Artifacts
import Document
import Model
import Testing

/// Whatever names another object names one that is there.
@Suite struct KubernetesReferenceTests {
  @Test(arguments: KubernetesCase.resilient)
  func workloadsFindWhatTheyName(_ it: KubernetesCase) {
    let manifests = Manifests(it)
    #expect(manifests.pods.count == 3)
    for pod in manifests.pods {
      #expect(manifests.one("ServiceAccount", pod.spec["serviceAccountName"]?.string ?? "") != nil)
      #expect(manifests.one("PriorityClass", pod.spec["priorityClassName"]?.string ?? "") != nil)
      let selector = pod.owner["spec", "selector", "matchLabels"]?.strings
      if pod.owner["kind"]?.string != "CronJob" {
        #expect(selector.map { !$0.isEmpty && pod.labels.contains(all: $0) } == true)
      }
      for part in pod.spec.parts {
        if let name = part["configMap", "name"]?.string, name != "kube-root-ca.crt" {
          #expect(manifests.one("ConfigMap", name) != nil, "\(name)")
        }
        if let name = part["storageClassName"]?.string { #expect(manifests.one("StorageClass", name) != nil) }
        if let selector = part["labelSelector", "matchLabels"]?.strings { #expect(pod.labels.contains(all: selector)) }
        if let port = part["httpGet", "port"]?.string { #expect(pod.port(port) != nil) }
      }
    }
  }

  @Test(arguments: KubernetesCase.resilient)
  func mountsAndVolumesMatch(_ it: KubernetesCase) {
    for pod in Manifests(it).pods {
      let claims = pod.owner["spec", "volumeClaimTemplates"]?.items ?? []
      let volumes = (pod.volumes + claims).map(\.name)
      let mounts = (pod.initContainers + pod.containers).map { ($0["volumeMounts"]?.items ?? []) }
      #expect(Set(volumes).count == volumes.count)
      #expect(Set(volumes) == Set(mounts.joined().map(\.name)))
      for mounts in mounts {
        let paths = mounts.compactMap { $0["mountPath"]?.string }
        #expect(Set(paths).count == paths.count)
      }
    }
  }

  /// Prometheus reads the file that the init container writes, and writes to a volume.
  @Test(arguments: KubernetesCase.resilient.filter { $0.collector != .rescfg })
  func prometheusFindsItsFiles(_ it: KubernetesCase) throws {
    let pod = try #require(Manifests(it).pods.first { $0.name == "prometheus-agent" })
    let prometheus = try #require(pod.containers.first { $0.name == "prometheus" })
    func argument(_ flag: String) throws -> String {
      let arguments = (prometheus["args"]?.list ?? []).filter { $0.hasPrefix("\(flag)=") }
      try #require(arguments.count == 1)
      return String(arguments[0].dropFirst(flag.utf8.count + 1))
    }
    let writer = try #require(pod.initContainers.first { $0.name == "name-node" })
    let written = (writer["command"]?.list ?? []).filter { $0.hasPrefix("w ") }.map { $0.dropFirst(2) }
    #expect(try written == [argument("--config.file")[...]])
    let source = try #require(writer["command"]?.list.last)
    for (container, file, isReadOnly) in [
      (prometheus, try argument("--config.file"), true), (writer, String(written[0]), false), (writer, source, true),
      (prometheus, try argument("--storage.agent.path") + "/wal", false),
    ] {
      let mounts = container["volumeMounts"]?.items ?? []
      let mount = mounts.first { file.hasPrefix("\($0["mountPath"]?.string ?? "?")/") }
      #expect(mount != nil, "\(file)")
      #expect((mount?["readOnly"]?.string == "true") == isReadOnly, "\(file)")
    }
    let listen = try argument("--web.listen-address")
    #expect(listen == (it.collector == .prometheus ? "127.0.0.1:9091" : "0.0.0.0:9090"))
  }

  @Test(arguments: KubernetesCase.resilient)
  func selectorsAndPortsFindPods(_ it: KubernetesCase) {
    let manifests = Manifests(it)
    for service in manifests.all("Service") {
      let pods = manifests.pods(service["spec", "selector"]?.strings ?? ["no": "selector"])
      #expect(pods.count == 1)
      for port in service["spec", "ports"]?.items ?? [] {
        #expect(pods.allSatisfy { $0.port(port["targetPort"]?.string ?? "") != nil })
      }
    }
    for object in manifests.all("PodDisruptionBudget") {
      #expect(manifests.pods(object["spec", "selector", "matchLabels"]?.strings ?? ["no": "selector"]).count == 1)
    }
    for object in manifests.all("StatefulSet") {
      let service = manifests.one("Service", object["spec", "serviceName"]?.string ?? "")
      #expect(service?["spec", "clusterIP"]?.string == "None")
    }
    for binding in manifests.all("RoleBinding") + manifests.all("ClusterRoleBinding") {
      let role = binding["roleRef"]
      #expect(manifests.one(role?["kind"]?.string ?? "", role?["name"]?.string ?? "") != nil)
      for subject in binding["subjects"]?.items ?? [] {
        let account = manifests.one("ServiceAccount", subject["name"]?.string ?? "")
        #expect(account?["metadata", "namespace"]?.string == subject["namespace"]?.string)
      }
    }
  }

  @Test(arguments: KubernetesCase.resilient)
  func objectsAreNamedOnceAndInTheNamespace(_ it: KubernetesCase) {
    let manifests = Manifests(it)
    let identities = manifests.objects.map { "\($0["kind"]?.string ?? "") \($0.name)" }
    #expect(Set(identities).count == identities.count)
    let terraformNames = it.objects.map { "\($0.kind) \($0.terraformName)" }
    #expect(Set(terraformNames).count == terraformNames.count)
    for object in it.objects {
      let namespace = object.tree["metadata", "namespace"]?.string
      #expect(namespace == (object.kind.isClusterScoped ? nil : manifests.namespace), "\(object.terraformName)")
      #expect(object.tree["apiVersion"]?.string == object.kind.apiVersion)
      #expect(object.tree["metadata", "labels"]?.strings["app.kubernetes.io/managed-by"] == "rescfg")
    }
  }

  @Test func otherNamespaceReachesEveryObject() {
    let it = KubernetesCase(changed: ["namespace": .text("telemetry"), "storage.class": .text("gp3")])
    for object in it.objects {
      // Whole scalars only: the model's text names keys and classes of the same word.
      let stale = object.tree.parts.compactMap(\.string).filter { $0.hasPrefix("observability") }
      #expect(stale == [], "\(object.terraformName)")
    }
  }

  /// An immutable ConfigMap can't change, so other content has another name, and the pods name that.
  @Test(arguments: [
    ("remote_write_max_backoff", ScalarValue.duration("1m")), ("network_partition_threshold", .integer(5)),
  ])
  func changedContentChangesNames(_ setting: String, _ value: ScalarValue) throws {
    let before = Manifests(KubernetesCase())
    let after = Manifests(KubernetesCase(changed: [setting: value]))
    func names(_ manifests: Manifests) -> Set<String> {
      Set(manifests.all("ConfigMap").filter { $0["immutable"]?.string == "true" }.map(\.name))
    }
    #expect(names(before).count == 2)
    #expect(names(before) != names(after))
    #expect(names(after) == Set(after.pods.flatMap { $0.volumes.compactMap { $0["configMap", "name"]?.string } }))
  }
}
