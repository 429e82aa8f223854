import Testing

@testable import Transport

/// Against OpenSSL's own server, with certificates made for the run.
@Suite struct TLSTests {
  private let certificates: Certificates
  private let loop: NetworkLoop

  init() throws {
    certificates = try Certificates()
    loop = try NetworkLoop()
  }

  private func request(_ server: TLSServer, _ change: (inout TLSSettings) -> Void = { _ in }) -> HTTPRequest {
    HTTPRequest(.get, server.url).with {
      $0.tls.authorityFile = certificates.path("authority.pem")
      change(&$0.tls)
    }
  }

  @Test func theRightCertificate() async throws {
    let server = try TLSServer(certificates, "right")
    #expect(try await loop.answer(request(server)).status == 200)
    try await loop.reach(request(server)).get()
  }

  @Test func anUnknownAuthority() async throws {
    let server = try TLSServer(certificates, "right")
    for file in [certificates.path("stranger.pem"), nil] {
      let failure = try await loop.failure(request(server) { $0.authorityFile = file })
      #expect(failure.kind == .tls)
      #expect(failure.message.contains("certificate"))
    }
    #expect(try await loop.reach(request(server) { $0.authorityFile = nil }).failure.kind == .tls)
  }

  @Test func anExpiredCertificate() async throws {
    let server = try TLSServer(certificates, "expired")
    let failure = try await loop.failure(request(server))
    #expect(failure.kind == .tls)
    #expect(failure.message.contains("certificate has expired"))
  }

  @Test func aCertificateForAnotherHost() async throws {
    let server = try TLSServer(certificates, "elsewhere")
    let failure = try await loop.failure(request(server))
    #expect(failure.kind == .tls)
    #expect(failure.message.contains("127.0.0.1"))
    #expect(try await loop.answer(request(server) { $0.serverName = "elsewhere.example" }).status == 200)
  }

  /// The page of the server names the server name it was asked for only through the certificate it chose.
  @Test func theServerNameIsAskedFor() async throws {
    let server = try TLSServer(
      certificates,
      "right",
      "-servername",
      "elsewhere.example",
      "-cert2",
      "elsewhere.pem",
      "-key2",
      "elsewhere.key"
    )
    #expect(try await loop.answer(request(server) { $0.serverName = "central.example" }).status == 200)
    #expect(try await loop.answer(request(server) { $0.serverName = "elsewhere.example" }).status == 200)
    #expect(try await loop.failure(request(server) { $0.serverName = "third.example" }).kind == .tls)
  }

  @Test func verificationIsLeftOutOnlyWhereAsked() async throws {
    let server = try TLSServer(certificates, "expired")
    let request = request(server) { $0.isUnverified = true }
    #expect(try await loop.answer(request).status == 200)
    // A connection made without verification serves nobody who wants it.
    #expect(try await loop.failure(self.request(server)).kind == .tls)
  }

  @Test func aClientCertificate() async throws {
    let server = try TLSServer(
      certificates,
      "right",
      "-Verify",
      "1",
      "-CAfile",
      "authority.pem",
      "-verify_return_error"
    )
    let withOne = request(server) {
      $0.certificateFile = certificates.path("client.pem")
      $0.keyFile = certificates.path("client.key")
    }
    #expect(try await loop.answer(withOne).status == 200)
    #expect(try await loop.failure(request(server)).kind == .tls)
    let fromAStranger = request(server) {
      $0.certificateFile = certificates.path("stranger.pem")
      $0.keyFile = certificates.path("stranger.key")
    }
    #expect(try await loop.failure(fromAStranger).kind == .tls)
  }

  @Test func filesThatAreNotThere() async throws {
    let server = try TLSServer(certificates, "right")
    let missing = certificates.path("missing.pem")
    for request in [
      request(server) { $0.authorityFile = missing },
      request(server) {
        $0.certificateFile = missing
        $0.keyFile = missing
      },
    ] {
      let failure = try await loop.failure(request)
      #expect(failure.kind == .tls)
      #expect(failure.message.contains(missing))
    }
  }

  @Test func oldProtocolsAreRefused() async throws {
    let server = try TLSServer(certificates, "right", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
    #expect(try await loop.failure(request(server)).kind == .tls)
  }

  @Test func protocolVersionsCanBeNarrowed() async throws {
    let server = try TLSServer(certificates, "right", "-tls1_2")
    #expect(try await loop.answer(request(server) { $0.newest = .tls12 }).status == 200)
    #expect(try await loop.failure(request(server) { $0.oldest = .tls13 }).kind == .tls)
    let newer = try TLSServer(certificates, "right", "-tls1_3")
    #expect(try await loop.answer(request(newer) { $0.oldest = .tls13 }).status == 200)
    #expect(try await loop.failure(request(newer) { $0.newest = .tls12 }).kind == .tls)
  }

  @Test func aServerThatSpeaksNoTLS() async throws {
    let plain = LoopbackServer { connection in connection.write("HTTP/1.1 400 Bad Request\r\n\r\n") }
    #expect(try await loop.failure(HTTPRequest(.get, "https://\(plain.authority)/")).kind == .tls)
  }
}
