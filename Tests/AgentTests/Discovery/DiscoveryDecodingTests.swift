import Model
import Testing

@testable import Agent

@Suite struct DiscoveryDecodingTests {
  @Test func staticTargetsNeedNoDiscovery() throws {
    var discovery = try discovery(
      #""static_configs": [{"targets": ["a:1", "b:2"], "labels": {"x": "y"}}, {"targets": ["c:3"]}]"#
    )
    #expect(discovery.job == "j")
    #expect(discovery.groups.map(\.source) == ["0", "1"])
    #expect(discovery.groups.addresses == ["a:1", "b:2", "c:3"])
    #expect(discovery.groups[0].labels == [MetaLabel("x", "y")])
    #expect(discovery.nextStep == nil)
    #expect(discovery.step(now: at(0)) == [])
    #expect(discovery.statuses.map(\.isSynced) == [true])
  }

  @Test func severalDiscoveriesOfAJobAddUp() throws {
    var discovery = try discovery(
      #"""
      "static_configs": [{"targets": ["a"]}], "http_sd_configs": [{"url": "http://x/"}, {"url": "http://y/"}]
      """#
    )
    let requests = discovery.step(now: at(0)).compactMap(\.request)
    #expect(requests.map(\.url) == ["http://x/", "http://y/"])
    #expect(
      discovery.receive(.fetched(requests[1].ticket, ok(#"[{"targets": ["c"]}]"#)), now: at(0))?.addresses == [
        "a", "c",
      ]
    )
    #expect(
      discovery.receive(.fetched(requests[0].ticket, ok(#"[{"targets": ["b"]}]"#)), now: at(0))?.addresses == [
        "a", "b", "c",
      ]
    )
    #expect(discovery.statuses.map(\.kind) == ["static_configs", "http_sd_configs", "http_sd_configs"])
  }

  @Test func readsHowToAsk() throws {
    var discovery = try discovery(
      #"""
      "http_sd_configs": [{"url": "https://x/", "basic_auth": {"username": "u", "password_file": "/p"},
        "tls_config": {"ca_file": "/ca", "server_name": "s"}}],
      "kubernetes_sd_configs": [{"role": "node", "api_server": "https://k:6443/", "bearer_token_file": "/t"}]
      """#
    )
    let requests = discovery.step(now: at(0)).compactMap(\.request)
    #expect(requests[0].client.authorization == .basic(username: "u", usernameFile: nil, passwordFile: "/p"))
    #expect(requests[0].client.tls.caFile == "/ca")
    #expect(requests[0].client.tls.serverName == "s")
    #expect(requests[1].url == "https://k:6443/api/v1/nodes?limit=500&resourceVersion=0")
    #expect(requests[1].client.authorization == .header(scheme: "Bearer", credentialsFile: "/t"))
    #expect(requests[1].client.tls.caFile == nil)
  }

  @Test func watchesEachNamespace() throws {
    var discovery = try discovery(
      #""kubernetes_sd_configs": [{"role": "pod", "namespaces": {"own_namespace": true, "names": ["a", "b/c", "a"]}}]"#
    )
    let urls = discovery.step(now: at(0)).compactMap(\.request?.url)
    #expect(
      urls
        == ["a", "b%2Fc", "observability"]
        .map { "https://10.0.0.1:443/api/v1/namespaces/\($0)/pods?limit=500&resourceVersion=0" }
    )
  }

  @Test(arguments: [
    (#""file_sd_configs": [{"files": ["a.txt"]}]"#, "bad-file-pattern"),
    (#""file_sd_configs": [{"files": []}]"#, "missing-value"),
    (#""http_sd_configs": [{"url": "ftp://x"}]"#, "bad-url"), (#""http_sd_configs": [{"url": "http://"}]"#, "bad-url"),
    (#""http_sd_configs": [{"url": "http:///x"}]"#, "bad-url"),
    (#""http_sd_configs": [{"url": "https://:1/"}]"#, "bad-url"),
    (#""http_sd_configs": [{"url": "http://x", "oauth2": {}}]"#, "scraper-unsupported"),
    (#""http_sd_configs": [{"url": "http://x", "authorization": {"type": "Bearer"}}]"#, "missing-field"),
    (#""kubernetes_sd_configs": [{"role": "service"}]"#, "scraper-unsupported"),
    (#""kubernetes_sd_configs": [{"role": "pod", "kubeconfig_file": "x"}]"#, "scraper-unsupported"),
    (#""kubernetes_sd_configs": [{"role": "pod", "attach_metadata": {"namespace": true}}]"#, "scraper-unsupported"),
    (#""kubernetes_sd_configs": [{"role": "pod", "bearer_token_file": "x"}]"#, "field-refused"),
    (#""kubernetes_sd_configs": [{"role": "pod", "api_server": "x"}]"#, "bad-url"),
    (#""kubernetes_sd_configs": [{"role": "node", "selectors": [{"role": "pod"}]}]"#, "selector-role"),
    (#""kubernetes_sd_configs": [{"role": "pod", "selectors": [{"role": "pod"}, {"role": "pod"}]}]"#, "selector-role"),
    (
      #""kubernetes_sd_configs": [{"role": "pod", "api_server": "https://x", "namespaces": {"own_namespace": true}}]"#,
      "no-cluster"
    ),
  ])
  func refuses(fields: String, code: String) {
    let error = #expect(throws: Diagnostics.self) { try discovery(fields) }
    #expect(error?.all.map(\.code) == [code])
  }

  @Test func saysThatThereIsNoCluster() throws {
    var outside = environment()
    outside.apiServer = nil
    let node = try config(#"{"kubernetes_sd_configs": [{"role": "pod"}]}"#)
    let error = #expect(throws: Diagnostics.self) { try JobDiscovery(node, outside) }
    #expect(error?.all.map(\.code) == ["no-cluster"])
  }
}
