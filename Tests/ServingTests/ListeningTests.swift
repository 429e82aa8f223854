import Glibc
import Serving
import Testing

@Suite struct ListeningTests {
  @Test(arguments: [
    ("127.0.0.1:9090", ListenAddress.tcp(host: "127.0.0.1", port: 9090)), (":80", .tcp(host: "0.0.0.0", port: 80)),
    ("localhost:0", .tcp(host: "127.0.0.1", port: 0)), ("[::1]:1", .tcp(host: "::1", port: 1)),
    ("/run/a.sock", .unix(path: "/run/a.sock")),
  ])
  func readsAnAddress(text: String, address: ListenAddress) throws {
    #expect(try ListenAddress(parsing: text) == address)
  }

  @Test(arguments: ["", "9090", "a", "::1:9090", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:-1", "1.2.3.4:http"])
  func refusesWhatIsNoAddress(text: String) {
    #expect(throws: ServingError(text, .malformedAddress)) { try ListenAddress(parsing: text) }
  }

  @Test func saysWhoIsInTheWay() throws {
    let first = try HTTPServer([.loopback()], handler: describe)
    let taken = ListenAddress.tcp(host: "127.0.0.1", port: first.ports[0])
    let error = #expect(throws: ServingError.self) {
      try HTTPServer([.loopback(), Listener(name: "b", address: taken)], handler: describe)
    }
    #expect(error?.problem == .inUse)
    #expect(
      error?.description
        == "can't listen at \(taken): another process listens there; stop it, or choose another address"
    )
  }

  @Test(arguments: [
    (ListenAddress.tcp(host: "192.0.2.1", port: 0), ServingError.Problem.notLocal),
    (.tcp(host: "example.org", port: 80), .malformedAddress),
    (.tcp(host: "127.0.0.1", port: 70_000), .malformedAddress),
    (.unix(path: "/nonexistent/a"), .noDirectory), (.unix(path: "/proc/version"), .notASocket),
    (.unix(path: "/" + String(repeating: "a", count: 107)), .pathTooLong(byteCountMax: 107)),
  ])
  func saysWhyItCannotListen(address: ListenAddress, problem: ServingError.Problem) throws {
    let error = #expect(throws: ServingError.self) {
      try HTTPServer([Listener(name: "a", address: address)], handler: describe)
    }
    #expect(error?.problem == problem)
    #expect(error?.address == address.description)
  }

  @Test func listensAtSeveralAddresses() throws {
    let server = try HTTPServer([.loopback(name: "a"), .loopback(name: "b")], handler: describe)
    for (port, name) in zip(server.ports, ["a", "b"]) {
      let client = try RawClient(port: port)
      try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(try client.answer().text.hasPrefix(name))
    }
  }

  @Test func listensAtASocketFile() throws {
    let path = "/tmp/rescfg-serving-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).sock"
    let listener = Listener(name: "local", address: .unix(path: path))
    let server = try HTTPServer([listener], handler: describe)
    var status = stat()
    #expect(unsafe lstat(path, &status) == 0)
    #expect(status.st_mode == S_IFSOCK | 0o600)
    let client = try RawClient(path: path)
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.answer().text == "local GET / ? 0")
    let error = #expect(throws: ServingError.self) { try HTTPServer([listener], handler: describe) }
    #expect(error?.problem == .inUse)
    server.stop(graceMilliseconds: 0)
    #expect(unsafe lstat(path, &status) != 0)
  }

  @Test func replacesASocketFileThatNobodyListensTo() throws {
    let path = "/tmp/rescfg-stale-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).sock"
    let abandoned = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let bound = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(abandoned, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    close(abandoned)
    let server = try HTTPServer([Listener(name: "local", address: .unix(path: path))], handler: describe)
    let client = try RawClient(path: path)
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.answer().status == 200)
    server.stop(graceMilliseconds: 0)
  }
}
