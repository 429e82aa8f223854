import Document
import Model
import Testing

/// What may speak to what.
@Suite struct KubernetesNetworkPolicyTests {
  @Test(arguments: KubernetesCase.resilient)
  func neededWaysAreOpen(_ it: KubernetesCase) {
    let manifests = Manifests(it)
    let policies = PolicyEvaluator(policies: manifests.all("NetworkPolicy"))
    let dns = PolicyEvaluator.Peer.podElsewhere(namespace: "kube-system", ["k8s-app": "kube-dns"])
    let central = PolicyEvaluator.Peer.pod(manifests.centralPodLabels)
    let agent = ["app": "prometheus-agent"]
    for pod in manifests.pods {
      for name in ["UDP", "TCP"] { #expect(policies.allowsEgress(from: pod.labels, to: dns, port: 53, protocol: name)) }
      for name in ["UDP", "TCP"] {
        let cache = PolicyEvaluator.Peer.address("169.254.20.10")
        #expect(policies.allowsEgress(from: pod.labels, to: cache, port: 53, protocol: name), "NodeLocal DNSCache")
      }
      for address in ["172.20.0.1", "10.0.17.4"] {
        #expect(policies.allowsEgress(from: pod.labels, to: .address(address), port: 443), "API server")
      }
      #expect(policies.allowsEgress(from: pod.labels, to: central, port: 9090))
    }
    for port in [10_250, 9100, 8080] {
      #expect(policies.allowsEgress(from: agent, to: .address("10.0.3.9"), port: port), "targets")
    }
    for app in ["prometheus-agent", "network-partition-detector"] {
      let alertmanager = PolicyEvaluator.Peer.pod(["app.kubernetes.io/name": "alertmanager"])
      #expect(policies.allowsEgress(from: ["app": app], to: alertmanager, port: 9093))
    }
    for app in ["network-partition-detector", "metrics-sync"] {
      #expect(policies.allowsEgress(from: ["app": app], to: .pod(agent), port: 9090))
      #expect(policies.allowsIngress(to: agent, from: .pod(["app": app]), port: 9090))
    }
    #expect(policies.allowsIngress(to: agent, from: central, port: 9090))
  }

  @Test(arguments: KubernetesCase.resilient)
  func otherWaysAreClosed(_ it: KubernetesCase) {
    let manifests = Manifests(it)
    let policies = PolicyEvaluator(policies: manifests.all("NetworkPolicy"))
    for pod in manifests.pods {
      #expect(policies.selects(pod.labels, for: "Ingress") && policies.selects(pod.labels, for: "Egress"))
      for port in [80, 443, 9090] {
        #expect(!policies.allowsEgress(from: pod.labels, to: .address("169.254.169.254"), port: port), "metadata")
        #expect(!policies.allowsEgress(from: pod.labels, to: .address("203.0.113.7"), port: port), "the Internet")
      }
      #expect(!policies.allowsIngress(to: pod.labels, from: .pod(["app": "stranger"]), port: 9090))
      #expect(!policies.allowsIngress(to: pod.labels, from: .pod(manifests.centralPodLabels), port: 9095))
    }
    #expect(!policies.allowsIngress(to: ["app": "metrics-sync"], from: .pod(manifests.centralPodLabels), port: 9090))
    // The specification's drill blocks the central Prometheus; policies add up, so ours leave it alone.
    #expect(!policies.selects(manifests.centralPodLabels, for: "Ingress"))
  }

  @Test func centreOutsideOfTheClusterIsReachedByHTTPS() {
    let manifests = Manifests(KubernetesCase(changed: ["central.kind": .text("amp")]))
    let policies = PolicyEvaluator(policies: manifests.all("NetworkPolicy"))
    for pod in manifests.pods {
      #expect(policies.allowsEgress(from: pod.labels, to: .address("203.0.113.7"), port: 443))
      #expect(!policies.allowsEgress(from: pod.labels, to: .address("203.0.113.7"), port: 80))
      #expect(!policies.allowsEgress(from: pod.labels, to: .address("169.254.169.254"), port: 443))
      #expect(policies.allowsEgress(from: pod.labels, to: .address("169.254.170.23"), port: 80), "Pod Identity")
    }
  }
}
