import Testing

@testable import Agent

@Suite struct ObjectWatchTests {
  private let fields = #"""
    "kubernetes_sd_configs": [{"role": "pod", "selectors": [{"role": "pod", "field": "spec.nodeName=$(NODE_NAME)",
      "label": "app in (a, b)"}]}]
    """#

  private func list(_ names: [String], version: Int, continuation: String = "") -> DiscoveryAnswer {
    let items = names.map { podObject($0, ip: "10.0.0.1") }.joined(separator: ",")
    return ok(
      #"{"kind": "PodList", "metadata": {"resourceVersion": "\#(version)", "continue": "\#(continuation)"}, "items": [\#(items)]}"#
    )
  }

  private func bytes(_ lines: String...) -> [UInt8] { Array(lines.map { "\($0)\n" }.joined().utf8) }

  /// Lists some pods and begins to watch.
  private func watching(_ names: [String], version: Int) throws -> (JobDiscovery, DiscoveryRequest) {
    var discovery = try discovery(fields)
    let request = try #require(discovery.step(now: at(0)).first?.request)
    _ = discovery.receive(.fetched(request.ticket, list(names, version: version)), now: at(0))
    let actions = discovery.step(now: at(0))
    let watch = try #require(actions.first?.request)
    #expect(actions == [.stream(watch)])
    return (discovery, watch)
  }

  @Test func listsThenWatches() throws {
    var discovery = try discovery(fields)
    let actions = discovery.step(now: at(0))
    let request = try #require(actions.first?.request)
    #expect(actions == [.fetch(request)])
    #expect(request.url.hasPrefix("https://10.0.0.1:443/api/v1/pods?"))
    #expect(
      request.parameters == [
        "limit": "500", "resourceVersion": "0", "labelSelector": "app%20in%20%28a%2C%20b%29",
        "fieldSelector": "spec.nodeName%3Dnode-a",
      ]
    )
    let account = "/var/run/secrets/kubernetes.io/serviceaccount"
    #expect(request.client.authorization == .header(scheme: "Bearer", credentialsFile: "\(account)/token"))
    #expect(request.client.tls.caFile == "\(account)/ca.crt")
    #expect(discovery.nextStep == nil)
    #expect(
      discovery.receive(.fetched(request.ticket, list(["b", "a"], version: 7)), now: at(5))?.map(\.source) == [
        "pod/ns/a", "pod/ns/b",
      ]
    )
    let watch = try #require(discovery.step(now: at(5)).first?.request)
    let seconds = try #require(watch.parameters["timeoutSeconds"].flatMap { Int($0) })
    #expect((45...90).contains(seconds))
    #expect(watch.timeoutMilliseconds == (seconds + 10) * 1000)
    #expect(watch.parameters["resourceVersion"] == "7")
    #expect(watch.parameters["watch"] == "1")
    #expect(watch.parameters["allowWatchBookmarks"] == "true")
    #expect(watch.parameters["fieldSelector"] == "spec.nodeName%3Dnode-a")
    #expect(watch.parameters["limit"] == nil)
  }

  @Test func readsAListInPages() throws {
    var discovery = try discovery(fields)
    let first = try #require(discovery.step(now: at(0)).first?.request)
    #expect(discovery.receive(.fetched(first.ticket, list(["a"], version: 7, continuation: "x=/+")), now: at(0)) == nil)
    #expect(discovery.nextStep == .min)
    let second = try #require(discovery.step(now: at(0)).first?.request)
    #expect(second.parameters["continue"] == "x%3D%2F%2B")
    #expect(second.parameters["resourceVersion"] == nil)
    #expect(discovery.receive(.fetched(first.ticket, list(["z"], version: 7)), now: at(0)) == nil, "an old ticket")
    #expect(discovery.receive(.fetched(second.ticket, list(["b"], version: 7)), now: at(0))?.count == 2)
  }

  @Test func followsEvents() throws {
    var (discovery, watch) = try watching(["a"], version: 7)
    #expect(discovery.receive(.streamStarted(watch.ticket, status: 200), now: at(1)) == nil)
    let events = bytes(
      event("ADDED", "b", ip: "10.0.0.2", version: 8),
      event("MODIFIED", "a", ip: "10.0.0.9", version: 9)
    )
    let half = events.count / 2
    _ = discovery.receive(.streamBytes(watch.ticket, Array(events[..<half])), now: at(1))
    _ = discovery.receive(.streamBytes(watch.ticket, Array(events[half...])), now: at(1))
    #expect(discovery.groups.addresses == ["10.0.0.9", "10.0.0.2"])
    let status = bytes(event("MODIFIED", "a", ip: "10.0.0.9", version: 10))
    #expect(discovery.receive(.streamBytes(watch.ticket, status), now: at(2)) == nil, "nothing of the target changed")
    let deletion = bytes(event("DELETED", "a", ip: "10.0.0.9", version: 11), event("DELETED", "x", ip: "", version: 11))
    #expect(discovery.receive(.streamBytes(watch.ticket, deletion), now: at(3))?.map(\.source) == ["pod/ns/b"])
    let bookmark = bytes(
      #"{"object": {"metadata": {"resourceVersion": "99"}}, "type": "BOOKMARK"}"#,
      #"{"type": "NEW", "object": 7}"#
    )
    #expect(discovery.receive(.streamBytes(watch.ticket, bookmark), now: at(4)) == nil)
    #expect(discovery.receive(.streamEnded(watch.ticket), now: at(5)) == nil)
    let next = try #require(discovery.step(now: at(5)).first?.request)
    #expect(next.parameters["resourceVersion"] == "99")
    #expect(next.ticket != watch.ticket)
    #expect(discovery.receive(.streamBytes(watch.ticket, deletion), now: at(6)) == nil)
    #expect(discovery.statuses[0].problem == nil)
  }

  @Test func listsAnewWhenItsVersionIsForgotten() throws {
    for inStream in [true, false] {
      var (discovery, watch) = try watching(["a", "b"], version: 7)
      if inStream {
        let gone =
          #"{"type": "ERROR", "object": {"kind": "Status", "code": 410, "reason": "Expired", "message": "too old"}}"#
        #expect(discovery.receive(.streamBytes(watch.ticket, bytes(gone)), now: at(1)) == nil)
        #expect(discovery.nextStep == .min)
      } else {
        #expect(discovery.receive(.streamStarted(watch.ticket, status: 410), now: at(1)) == nil)
      }
      #expect(discovery.groups.count == 2)
      let actions = discovery.step(now: at(2_000))
      #expect(actions.first == .cancel(watch.ticket))
      let relist = try #require(actions.last?.request)
      #expect(actions.last == .fetch(relist))
      #expect(relist.parameters["resourceVersion"] == nil, "the newest, not the cache's")
      #expect(
        discovery.receive(.fetched(relist.ticket, list(["b", "c"], version: 20)), now: at(2_000))?.map(\.source) == [
          "pod/ns/b", "pod/ns/c",
        ]
      )
      #expect(discovery.step(now: at(2_000)).first?.request?.parameters["resourceVersion"] == "20")
    }
  }

  @Test func keepsItsTargetsAndWaitsLonger() throws {
    var (discovery, watch) = try watching(["a"], version: 7)
    var ticket = watch.ticket
    var now: Int64 = 10_000
    var waits: [Int64] = []
    for _ in 0..<40 {
      #expect(discovery.receive(.failed(ticket, reason: "no route to host"), now: at(now)) == nil)
      #expect(discovery.groups.count == 1)
      let next = try #require(discovery.nextStep)
      waits.append(next - now)
      now = next
      let request = try #require(discovery.step(now: at(now)).first?.request)
      #expect(request.parameters["resourceVersion"] == "7", "the server may still know it")
      ticket = request.ticket
    }
    for (index, wait) in waits.enumerated() { #expect((0...min(1_000 << Int64(index), 60_000)).contains(wait)) }
    #expect(waits.contains { $0 > 30_000 })
    #expect(discovery.statuses[0].failureCount == 40)
    #expect(discovery.statuses[0].problem == "no route to host")
    #expect(
      discovery.receive(.streamBytes(ticket, bytes(event("ADDED", "b", ip: "1.1.1.1", version: 8))), now: at(now))
        != nil
    )
    #expect(discovery.statuses[0].problem == nil)
    #expect(discovery.receive(.failed(ticket, reason: "reset"), now: at(now)) == nil)
    #expect(discovery.nextStep.map { $0 <= now + 1_000 } == true, "a success starts anew")
  }

  @Test func waitsWhereAWatchEndsAtOnce() throws {
    var (discovery, watch) = try watching(["a"], version: 7)
    #expect(discovery.receive(.streamEnded(watch.ticket), now: at(10)) == nil)
    #expect(discovery.statuses[0].problem == "the API server ended a watch at once")
  }

  @Test(arguments: ["{", "{}", #"{"type": "ADDED"}"#, #"{"type": "ADDED", "object": {"metadata": 1}}"#, "[]"])
  func listsAnewBehindWhatItCanNotRead(line: String) throws {
    var (discovery, watch) = try watching(["a"], version: 7)
    let good = event("ADDED", "b", ip: "1.1.1.1", version: 8)
    #expect(discovery.receive(.streamBytes(watch.ticket, bytes(good, line)), now: at(1))?.count == 2)
    let actions = discovery.step(now: at(100_000))
    #expect(actions.first == .cancel(watch.ticket))
    #expect(actions.last?.request?.parameters["watch"] == nil)
  }

  @Test func boundsAnEvent() throws {
    var (discovery, watch) = try watching(["a"], version: 7)
    let chunk = [UInt8](repeating: 0x20, count: 1 << 20)
    for _ in 0..<9 { _ = discovery.receive(.streamBytes(watch.ticket, chunk), now: at(1)) }
    #expect(discovery.step(now: at(100_000)).first == .cancel(watch.ticket))
    #expect(discovery.statuses[0].problem == "an event of a watch is over 8388608 bytes")
  }

  @Test(arguments: [401, 403, 500, 429]) func saysWhatTheServerRefuses(status: Int) throws {
    var discovery = try discovery(fields)
    let request = try #require(discovery.step(now: at(0)).first?.request)
    let answer = DiscoveryAnswer(status: status, contentType: "application/json", body: [])
    #expect(discovery.receive(.fetched(request.ticket, answer), now: at(0)) == nil)
    #expect(discovery.statuses[0].problem == "the API server answered \(status) to a list")
    #expect(!discovery.statuses[0].isSynced)
  }

  @Test func podsGetLabelsOfTheirNodes() throws {
    var discovery = try discovery(#""kubernetes_sd_configs": [{"role": "pod", "attach_metadata": {"node": true}}]"#)
    let requests = discovery.step(now: at(0)).compactMap(\.request)
    #expect(requests.map { $0.url.contains("/nodes?") } == [false, true])
    #expect(
      discovery.receive(.fetched(requests[0].ticket, list(["a"], version: 7)), now: at(0)) == nil,
      "not all is known yet"
    )
    let nodes =
      #"{"metadata": {"resourceVersion": "9"}, "items": [{"metadata": {"name": "node-a", "labels": {"zone": "z"}}}]}"#
    let received = discovery.receive(.fetched(requests[1].ticket, ok(nodes)), now: at(0))
    let groups = try #require(received)
    #expect(groups[0].labels["__meta_kubernetes_node_label_zone"] == "z")
    #expect(groups[0].labels["__meta_kubernetes_node_name"] == "node-a")
    #expect(groups[0].labels["__meta_kubernetes_node_provider_id"] == nil)
  }
}

func podObject(_ name: String, ip: String, version: Int = 1) -> String {
  #"""
  {"metadata": {"name": "\#(name)", "namespace": "ns", "resourceVersion": "\#(version)"},
  "spec": {"nodeName": "node-a", "containers": [{"name": "c"}]}, "status": {"podIP": "\#(ip)"}}
  """#.split(separator: "\n").joined()
}

func event(_ type: String, _ name: String, ip: String, version: Int) -> String {
  #"{"type": "\#(type)", "object": \#(podObject(name, ip: ip, version: version))}"#
}
