import Document
import Model

extension KubernetesContent {
  /// One policy for each component, both ways: what it doesn't name is denied.
  ///
  /// None allows anything towards the central Prometheus' pods: policies add up, and the specification's drill
  /// (`block-prometheus`, Simulate Network Partition) cuts them off only as long as nothing lets others in.
  var networkPolicies: [Object] {
    [
      policy(
        .agent,
        ingress: [ingress(from: [.detector, .sync])],
        egress: common + [centreInCluster, alertmanager, anywhereInNetwork] + centreOutside + otherDestinations
          + podIdentity(signs: scope.destinations.contains { $0[Settings.centralAuthentication] == .sigv4 })
      ),
      policy(
        .detector,
        ingress: [ingress(from: [.agent])],
        egress: common + [centreInCluster, alertmanager, toAgents, anywhereInNetwork] + centreOutside
          + podIdentity(signs: scope[Settings.centralAuthentication] == .sigv4)
      ),
      policy(
        .sync,
        ingress: [],
        egress: common + [centreInCluster, toAgents, anywhereInNetwork] + centreOutside
          + podIdentity(signs: scope[Settings.centralAuthentication] == .sigv4)
      ),
    ]
  }

  private func policy(_ component: Component, ingress: [Tree], egress: [Tree]) -> Object {
    var spec: [Entry] = [
      Entry("podSelector", matchLabels(component)), Entry("policyTypes", ["Ingress", "Egress"]),
    ]
    if !ingress.isEmpty { spec.append(Entry("ingress", .sequence(ingress))) }
    spec.append(Entry("egress", .sequence(egress)))
    return Object(
      component.terraformName,
      when: isPresent,
      object(
        .networkPolicy,
        named: Text(component.name),
        labels: labels(of: component),
        [Entry("spec", .mapping(spec))]
      )
    )
  }

  /// Port 9090 for the given components and the central Prometheus. A kubelet's probes need no rule.
  private func ingress(from components: [Component]) -> Tree {
    let apps = components.map(\.name) + [Agreed.centralApp]
    return ["from": .sequence(apps.map { pods("app", $0) }), "ports": [tcp(Agreed.httpPort)]]
  }

  private var common: [Tree] { [domainNames, apiServer] }

  private var domainNames: Tree {
    .mapping([
      Entry(
        "to",
        [
          [
            "namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "kube-system"]],
            "podSelector": ["matchLabels": ["k8s-app": "kube-dns"]],
          ],
          ["ipBlock": ["cidr": "169.254.20.10/32"]],
        ],
        comment: "DNS: the cluster's, and NodeLocal DNSCache at the address that Kubernetes documents for it."
      ),
      Entry("ports", [["protocol": "UDP", "port": 53], tcp(53)]),
    ])
  }

  private var apiServer: Tree {
    .mapping([
      Entry(
        "to",
        [network(Settings.serviceCIDR), network(Settings.vpcCIDR)],
        comment: "The API server; plugins differ in whether they see the address before or after translation."
      ),
      Entry("ports", [tcp(443)]),
    ])
  }

  private var centreInCluster: Tree {
    .mapping([
      Entry("to", [pods("app", Agreed.centralApp)], comment: "The central Prometheus."),
      Entry("ports", [tcp(Agreed.httpPort)]),
    ])
  }

  private var alertmanager: Tree {
    .mapping([
      Entry("to", [pods("app.kubernetes.io/name", "alertmanager")], comment: "Alerts that the centre can't raise."),
      Entry("ports", [tcp(Agreed.alertmanagerPort)]),
    ])
  }

  private var toAgents: Tree {
    .mapping([
      Entry("to", [pods("app", Component.agent.name)], comment: "The agents' status."),
      Entry("ports", [tcp(Agreed.httpPort)]),
    ])
  }

  /// Any TCP port inside the network: targets choose their ports (a kubelet's is 10250), and central.url may name any
  /// host and port of it, which a policy can't read out of a URL. The address of the nodes' metadata is outside.
  private var anywhereInNetwork: Tree {
    .mapping([
      Entry(
        "to",
        [network(Settings.serviceCIDR), network(Settings.vpcCIDR)],
        comment: "central.url and targets, on whichever ports they name."
      ),
      Entry("ports", [["protocol": "TCP"]]),
    ])
  }

  /// A centre that isn't a Prometheus of this cluster may be outside of its network, behind TLS.
  private var centreOutside: [Tree] {
    if scope[Settings.centralKind] == .prometheus { return [] }
    return [
      .mapping([
        Entry(
          "to",
          [["ipBlock": ["cidr": "0.0.0.0/0", "except": ["169.254.0.0/16"]]]],
          comment: "A centre outside of the network, by HTTPS; not the nodes' metadata."
        ),
        Entry("ports", [tcp(443)]),
      ])
    ]
  }

  /// Destinations beside the centre, wherever they are, on the ports that their addresses name.
  private var otherDestinations: [Tree] {
    let urls = scope.configuration.destinations.map { scope.configuration.toward($0.name)[Settings.centralURL] }
    let ports = Set(urls.map(port)).sorted()
    if ports.isEmpty { return [] }
    return [
      .mapping([
        Entry(
          "to",
          [["ipBlock": ["cidr": "0.0.0.0/0", "except": ["169.254.0.0/16"]]]],
          comment: "The other destinations; not the nodes' metadata."
        ),
        Entry("ports", .sequence(ports.map(tcp))),
      ])
    ]
  }

  private func port(of url: String) -> Int {
    let address = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
    let named = address.split(separator: ":").dropFirst().first.flatMap { Int($0) }
    return named ?? (url.hasPrefix("https:") ? 443 : 80)
  }

  /// Where Pod Identity gives the credentials that requests are signed with.
  private func podIdentity(signs: Bool) -> [Tree] {
    if !signs { return [] }
    return [
      .mapping([
        Entry(
          "to",
          [["ipBlock": ["cidr": "169.254.170.23/32"]]],
          comment: "EKS Pod Identity, which gives credentials."
        ),
        Entry("ports", [tcp(80)]),
      ])
    ]
  }

  private func network(_ setting: Setting<String>) -> Tree { ["ipBlock": ["cidr": value(setting)]] }
  private func pods(_ label: String, _ value: String) -> Tree {
    ["podSelector": ["matchLabels": .mapping([Entry(label, .text(Text(value)))])]]
  }
  private func tcp(_ port: Int) -> Tree { ["protocol": "TCP", "port": .integer(.known(port))] }
}
