import Document
import Testing

/// Rights: all that a component needs, and nothing that an intruder would like.
@Suite struct KubernetesAccessTests {
  @Test(arguments: KubernetesCase.resilient)
  func componentsMayDoTheirWork(_ it: KubernetesCase) {
    let manifests = Manifests(it)
    let access = AccessEvaluator(manifests: manifests)
    for account in ["network-partition-detector", "metrics-sync"] {
      for resource in ["pods", "services", "configmaps"] {
        for verb in ["get", "list", "watch"] {
          #expect(access.can(account, verb, resource, in: manifests.namespace), "\(account) \(verb) \(resource)")
        }
      }
      for resource in ["daemonsets", "deployments", "statefulsets"] {
        #expect(access.can(account, "watch", resource, group: "apps", in: manifests.namespace))
      }
    }
    #expect(access.can("network-partition-detector", "create", "events", in: manifests.namespace))
    for resource in ["nodes", "nodes/metrics", "pods", "endpoints"] {
      #expect(access.can("prometheus-agent", "list", resource, in: manifests.namespace))
    }
    #expect(
      access.can("prometheus-agent", "list", "endpointslices", group: "discovery.k8s.io", in: manifests.namespace)
    )
  }

  @Test(arguments: KubernetesCase.resilient)
  func stateIsWritableByItsOwnerOnly(_ it: KubernetesCase) {
    let manifests = Manifests(it)
    let access = AccessEvaluator(manifests: manifests)
    let owners = ["network-partition-state": "network-partition-detector", "metrics-sync-state": "metrics-sync"]
    for configMap in manifests.all("ConfigMap") {
      for account in manifests.all("ServiceAccount") {
        for verb in ["update", "patch"] {
          let may = access.can(account.name, verb, "configmaps", named: configMap.name, in: manifests.namespace)
          #expect(may == (owners[configMap.name] == account.name), "\(account.name) \(verb) \(configMap.name)")
        }
      }
    }
    for name in owners.keys { #expect(manifests.one("ConfigMap", name)?["data"] == nil) }
  }

  static let forbidden: Set<String> = [
    "*", "secrets", "pods/exec", "pods/attach", "nodes/proxy", "escalate", "bind", "impersonate", "delete",
    "deletecollection",
  ]

  @Test(arguments: KubernetesCase.resilient)
  func nobodyHasMore(_ it: KubernetesCase) {
    let manifests = Manifests(it)
    for role in manifests.all("Role") + manifests.all("ClusterRole") {
      for rule in role["rules"]?.items ?? [] {
        let verbs = rule["verbs"]?.list ?? []
        let resources = rule["resources"]?.list ?? []
        let groups = rule["apiGroups"]?.list ?? []
        let words = Set(verbs + resources + groups)
        #expect(words.isDisjoint(with: Self.forbidden), "\(role.name)")
        let writes = verbs.filter { !["get", "list", "watch"].contains($0) }
        if !writes.isEmpty {
          let isEvents = resources == ["events"] && writes == ["create", "patch"]
          let isOwnState = resources == ["configmaps"] && rule["resourceNames"]?.list.count == 1
          #expect(isEvents || isOwnState, "\(role.name) may \(writes) \(resources)")
        }
        // Across namespaces, reading only.
        if role["kind"]?.string == "ClusterRole" { #expect(writes.isEmpty) }
      }
    }
  }
}
