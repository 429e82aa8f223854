import JSON
import Testing

@testable import Agent

/// The cases of Prometheus' own tests of `discovery/kubernetes`, as what the API server would send.
@Suite struct KubernetesLabelTests {
  private func pod(_ text: String) throws -> DiscoveredGroup {
    var reader = try JSONReader(Array(text.utf8))
    return try PodReading(&reader).group
  }

  private func node(_ text: String) throws -> DiscoveredGroup {
    var reader = try JSONReader(Array(text.utf8))
    return try NodeReading(&reader).group
  }

  private func labels(_ labels: [MetaLabel]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: labels.map { ($0.name, $0.value) })
  }

  private let web = """
    {"apiVersion": "v1", "kind": "Pod",
     "metadata": {"name": "testpod", "namespace": "default", "uid": "abc123", "resourceVersion": "7",
       "creationTimestamp": null, "labels": {"app.kubernetes.io/name": "web", "é-x": "1"},
       "annotations": {"prometheus.io/scrape": "true"}, "managedFields": [{"a": [1, {"b": null}]}],
       "ownerReferences": [{"kind": "Other", "name": "o", "controller": false},
         {"kind": "testcontrollerkind", "name": "testcontrollername", "controller": true}]},
     "spec": {"nodeName": "testnode", "containers": [
       {"name": "testcontainer", "image": "testcontainer:latest", "ports": [
         {"name": "testport", "protocol": "TCP", "containerPort": 9000}, {"containerPort": 9001, "protocol": "UDP"}]},
       {"name": "bare", "image": "bare:1"}],
       "initContainers": [{"name": "init", "image": "init:1", "ports": null}]},
     "status": {"podIP": "1.2.3.4", "hostIP": "2.3.4.5", "phase": "Running",
       "conditions": [{"type": "PodScheduled", "status": "True"}, {"type": "Ready", "status": "True"}],
       "containerStatuses": [{"name": "testcontainer", "containerID": "docker://a1", "ready": true}],
       "initContainerStatuses": [{"name": "init", "containerID": "docker://b2"}, {"name": "bare", "containerID": "x"}]}}
    """

  @Test func labelsOfAPod() throws {
    let group = try pod(web)
    #expect(group.source == "pod/default/testpod")
    #expect(
      labels(group.labels) == [
        "__meta_kubernetes_pod_name": "testpod", "__meta_kubernetes_namespace": "default",
        "__meta_kubernetes_pod_label_app_kubernetes_io_name": "web",
        "__meta_kubernetes_pod_labelpresent_app_kubernetes_io_name": "true",
        "__meta_kubernetes_pod_label___x": "1", "__meta_kubernetes_pod_labelpresent___x": "true",
        "__meta_kubernetes_pod_annotation_prometheus_io_scrape": "true",
        "__meta_kubernetes_pod_annotationpresent_prometheus_io_scrape": "true",
        "__meta_kubernetes_pod_node_name": "testnode", "__meta_kubernetes_pod_ip": "1.2.3.4",
        "__meta_kubernetes_pod_host_ip": "2.3.4.5", "__meta_kubernetes_pod_ready": "true",
        "__meta_kubernetes_pod_phase": "Running", "__meta_kubernetes_pod_uid": "abc123",
        "__meta_kubernetes_pod_controller_kind": "testcontrollerkind",
        "__meta_kubernetes_pod_controller_name": "testcontrollername",
      ]
    )
    let common = [
      "__meta_kubernetes_pod_container_name": "testcontainer",
      "__meta_kubernetes_pod_container_image": "testcontainer:latest",
      "__meta_kubernetes_pod_container_id": "docker://a1", "__meta_kubernetes_pod_container_init": "false",
    ]
    let expected = [
      common.merging([
        "__address__": "1.2.3.4:9000", "__meta_kubernetes_pod_container_port_name": "testport",
        "__meta_kubernetes_pod_container_port_number": "9000", "__meta_kubernetes_pod_container_port_protocol": "TCP",
      ]) { $1 },
      common.merging([
        "__address__": "1.2.3.4:9001", "__meta_kubernetes_pod_container_port_name": "",
        "__meta_kubernetes_pod_container_port_number": "9001", "__meta_kubernetes_pod_container_port_protocol": "UDP",
      ]) { $1 },
      [
        "__address__": "1.2.3.4", "__meta_kubernetes_pod_container_name": "bare",
        "__meta_kubernetes_pod_container_image": "bare:1", "__meta_kubernetes_pod_container_id": "",
        "__meta_kubernetes_pod_container_init": "false",
      ],
      [
        "__address__": "1.2.3.4", "__meta_kubernetes_pod_container_name": "init",
        "__meta_kubernetes_pod_container_image": "init:1", "__meta_kubernetes_pod_container_id": "docker://b2",
        "__meta_kubernetes_pod_container_init": "true",
      ],
    ]
    #expect(group.targets.map(labels) == expected)
  }

  @Test func aPodWithoutAnAddressHasNoTargets() throws {
    let group = try pod(#"{"metadata": {"name": "a", "namespace": "b"}, "spec": {"containers": [{"name": "c"}]}}"#)
    #expect(group == DiscoveredGroup(source: "pod/b/a"))
  }

  @Test(arguments: [
    ("[]", "unknown"), ("null", "unknown"), (#"[{"type": "Ready", "status": "False"}]"#, "false"),
    (#"[{"type": "Ready", "status": "Unknown"}, {"type": "Ready", "status": "True"}]"#, "unknown"),
  ])
  func readiness(conditions: String, ready: String) throws {
    let group = try pod(#"{"metadata": {"name": "a"}, "status": {"podIP": "::1", "conditions": \#(conditions)}}"#)
    #expect(group.labels["__meta_kubernetes_pod_ready"] == ready)
    #expect(group.labels["__meta_kubernetes_pod_controller_kind"] == nil)
  }

  @Test func anIPv6AddressGetsBrackets() throws {
    let text = #"{"spec": {"containers": [{"ports": [{"containerPort": 80}]}]}, "status": {"podIP": "fd00::1"}}"#
    #expect(try pod(text).targets.first?["__address__"] == "[fd00::1]:80")
  }

  @Test func labelsOfANode() throws {
    let group = try node(
      """
      {"metadata": {"name": "test", "labels": {"test-label": "testvalue"}, "annotations": {"test-annotation": "v"}},
       "spec": {"providerID": "aws:///us-east-1a/i-1", "podCIDR": "10.0.0.0/24"},
       "status": {"addresses": [{"type": "Hostname", "address": "test.local"}, {"type": "InternalIP", "address": "1.2.3.4"},
         {"type": "InternalIP", "address": "fd00::2"}], "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}}}}
      """
    )
    #expect(group.source == "node/test")
    #expect(
      labels(group.labels) == [
        "__meta_kubernetes_node_name": "test", "__meta_kubernetes_node_provider_id": "aws:///us-east-1a/i-1",
        "__meta_kubernetes_node_label_test_label": "testvalue",
        "__meta_kubernetes_node_labelpresent_test_label": "true",
        "__meta_kubernetes_node_annotation_test_annotation": "v",
        "__meta_kubernetes_node_annotationpresent_test_annotation": "true",
      ]
    )
    #expect(
      group.targets.map(labels) == [
        [
          "__address__": "1.2.3.4:10250", "instance": "test", "__meta_kubernetes_node_address_InternalIP": "1.2.3.4",
          "__meta_kubernetes_node_address_Hostname": "test.local",
        ]
      ]
    )
  }

  @Test(arguments: [
    (["Hostname", "LegacyHostIP"], "LegacyHostIP"), (["LegacyHostIP", "ExternalDNS"], "ExternalDNS"),
    (["ExternalDNS", "ExternalIP"], "ExternalIP"), (["ExternalIP", "InternalDNS"], "InternalDNS"),
    (["InternalDNS", "InternalIP"], "InternalIP"), (["Hostname"], "Hostname"),
  ])
  func addressesOfANodeHaveAnOrder(types: [String], chosen: String) throws {
    let addresses = types.map { #"{"type": "\#($0)", "address": "\#($0)"}"# }.joined(separator: ",")
    let group = try node(#"{"metadata": {"name": "n"}, "status": {"addresses": [\#(addresses)]}}"#)
    #expect(group.targets.first?["__address__"] == "\(chosen):0")
  }

  @Test func aNodeWithoutAnAddressHasNoTarget() throws {
    #expect(
      try node(#"{"metadata": {"name": "n"}, "status": {"addresses": [{"type": "X", "address": "y"}]}}"#).targets == []
    )
  }

  @Test func becomesWhatTheScraperTakes() throws {
    let group = try pod(web).targetGroup
    #expect(group.targets.count == 4)
    #expect(group.targets[0]["__address__"] == "1.2.3.4:9000")
    #expect(group.labels["__meta_kubernetes_pod_name"] == "testpod")
  }
}
