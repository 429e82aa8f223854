import Foundation
import Testing

@testable import Agent

/// Against a server that speaks as Kubernetes does, with curl in between.
@Suite struct FakeAPIServerTests {
  @Test func followsAnAPIServer() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Tools/fake_kubernetes.py").path
    let server = Process()
    let (input, output) = (Pipe(), Pipe())
    server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    server.arguments = ["python3", script]
    server.standardInput = input
    server.standardOutput = output
    try server.run()
    defer {
      input.fileHandleForWriting.closeFile()
      server.waitUntilExit()
    }
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(Int(line.prefix { $0 != "\n" }))
    var environment = environment()
    environment.apiServer = "http://127.0.0.1:\(port)"
    let config = try config(
      #"{"kubernetes_sd_configs": [{"role": "pod", "selectors": [{"role": "pod", "field": "spec.nodeName=$(NODE_NAME)"}]}]}"#
    )
    var discovery = try JobDiscovery(config, environment)
    var random = SeededGenerator(seed: 1)
    var seen: [[String]] = []
    var watches = 0
    var now: Int64 = 0
    while watches < 4 {
      for action in discovery.step(now: at(now)) {
        guard let request = action.request else { continue }
        let answer = try get(request.url)
        var events: [DiscoveryEvent] = [.fetched(request.ticket, answer)]
        if case .stream = action {
          watches += 1
          events = [.streamStarted(request.ticket, status: answer.status)]
          var body = answer.body[...]
          while !body.isEmpty {
            let count = min(body.count, Int.random(in: 1...300, using: &random))
            events.append(.streamBytes(request.ticket, Array(body.prefix(count))))
            body = body.dropFirst(count)
          }
          events.append(.streamEnded(request.ticket))
        }
        for event in events {
          if let groups = discovery.receive(event, now: at(now)) {
            seen.append(groups.map { "\($0.source)=\($0.targets[0]["__address__"] ?? "")" })
          }
        }
      }
      now += 60_000
    }
    // Bytes come in pieces of any size: some lines together, others alone.
    #expect(seen.first == ["pod/ns/a=10.0.0.1:80", "pod/ns/b=10.0.0.2:80", "pod/ns/c=10.0.0.3:80"])
    #expect(seen.contains(["pod/ns/a=10.0.0.9:80", "pod/ns/c=10.0.0.3:80"]))
    #expect(seen.contains(["pod/ns/b=10.0.0.2:80", "pod/ns/d=10.0.0.4:80"]))
    #expect(seen.contains(["pod/ns/d=10.0.0.5:80"]))
    #expect(seen.last == ["pod/ns/d=10.0.0.5:80", "pod/ns/f=10.0.0.6:80"])
    #expect(discovery.groups[0].labels["__meta_kubernetes_pod_label_text"] == "a\n\"é\u{2028}")

    let asked = try JSONSerialization.jsonObject(with: Data(try get("http://127.0.0.1:\(port)/asked").body))
    let requests = try #require(asked as? [[String: String]])
    #expect(requests.allSatisfy { $0["path"] == "/api/v1/pods" && $0["fieldSelector"] == "spec.nodeName%3Dnode-a" })
    #expect(requests.filter { $0["watch"] != nil }.map { $0["resourceVersion"] } == ["20", "15", "30", "40"])
    let lists = requests.filter { $0["watch"] == nil }
    #expect(lists.map { $0["resourceVersion"] } == ["0", nil, nil, nil])
    #expect(lists.map { $0["continue"] } == [nil, "more%2F%3D%3D", nil, nil])
  }

  private func get(_ url: String) throws -> DiscoveryAnswer {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["curl", "-sS", "--max-time", "20", "-w", "\n%{http_code}", url]
    process.standardOutput = output
    try process.run()
    let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    let end = try #require(bytes.lastIndex(of: UInt8(ascii: "\n")))
    let status = try #require(Int(String(decoding: bytes[(end + 1)...], as: UTF8.self)))
    return DiscoveryAnswer(status: status, contentType: "application/json", body: Array(bytes[..<end]))
  }
}
