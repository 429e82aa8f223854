import Foundation
import Testing

@testable import Transport

@Suite struct AuthorizationTests {
  private let loop: NetworkLoop
  private let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

  init() throws { loop = try NetworkLoop() }

  /// The request line and headers that the server saw.
  private func seen(_ authorization: Authorization, _ body: [UInt8] = [1]) async throws -> [String] {
    let request = HTTPRequest(.post, "\(server.url)workspaces/ws-1/api/v1/remote_write", body: body)
      .with { $0.authorization = authorization }
    _ = try await loop.answer(request)
    return try #require(server.requests.last).components(separatedBy: "\r\n")
  }

  @Test func basic() async throws {
    let plain = HTTPRequest(.get, server.url)
    let authorization = Authorization.basic(
      username: .value(Secret("Aladdin")),
      password: .value(Secret("open sesame"))
    )
    _ = try await loop.answersInARow([plain.with { $0.authorization = authorization }, plain])
    // RFC 7617, 2.
    #expect(try #require(server.requests.first).contains("\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"))
    // The connection is kept; what was said on it is not.
    #expect(try !#require(server.requests.last).contains("Authorization"))
    #expect(server.connectionCount == 1)
  }

  @Test func tokens() async throws {
    #expect(try await seen(.token(.value(Secret("abc")))).contains("Authorization: Bearer abc"))
    #expect(try await seen(.token(type: "Token", .value(Secret("d")))).contains("Authorization: Token d"))
  }

  @Test func aTokenFileIsReadAsItIsNow() async throws {
    let path = NSTemporaryDirectory() + "rescfg-token-\(UUID().uuidString)"
    defer { _ = try? FileManager.default.removeItem(atPath: path) }
    for token in ["first", "second", "third"] {
      try "  \(token)\n".write(toFile: path, atomically: true, encoding: .utf8)
      for _ in 0..<2 { #expect(try await seen(.token(.file(path))).contains("Authorization: Bearer \(token)")) }
      #expect(
        try await seen(.basic(username: .file(path), password: .file(path)))
          .contains("Authorization: Basic \(Data("\(token):\(token)".utf8).base64EncodedString())")
      )
    }
  }

  @Test func aTokenFileThatCanNotBeUsed() async throws {
    let directory = NSTemporaryDirectory() + "rescfg-tokens-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(atPath: directory) }
    try "two\nlines".write(toFile: "\(directory)/lines", atomically: true, encoding: .utf8)
    try String(repeating: "a", count: 65_537).write(toFile: "\(directory)/long", atomically: true, encoding: .utf8)
    for (name, words) in [
      ("missing", "No such file"), ("", "directory"), ("long", "longer than 65536 bytes"), ("lines", "line break"),
    ] {
      let request = HTTPRequest(.get, server.url).with { $0.authorization = .token(.file("\(directory)/\(name)")) }
      let failure = try await loop.failure(request)
      #expect(failure.kind == .other)
      #expect(failure.message.contains(words))
      #expect(!failure.message.contains("two"))
    }
    #expect(server.connectionCount == 0)
  }

  @Test func secretsAreNotShown() async throws {
    let secret = Secret("hunter2")
    let signature = AWSSignature(region: "r", accessKey: "k", secretKey: secret, sessionToken: secret)
    let request = HTTPRequest(
      .post,
      "http://127.0.0.1:\(closedPort())/hunter2?token=hunter2",
      headers: [("X-Key", "hunter2")],
      body: Array("hunter2".utf8)
    )
    var shown = ["\(secret)", String(reflecting: secret), String(describing: signature), "\(request)"]
    for authorization in [
      .aws(signature), .basic(username: .value(Secret("u")), password: .value(secret)), .token(.value(secret)),
    ] as [Authorization] {
      let failure = try await loop.failure(request.with { $0.authorization = authorization })
      shown += ["\(authorization)", "\(failure)", String(reflecting: failure)]
      var dumped = ""
      dump(request.with { $0.authorization = authorization }, to: &dumped)
      dump(authorization, to: &dumped)
      shown.append(dumped)
    }
    for text in shown { #expect(!text.contains("hunter2")) }
  }
}

/// AWS Signature Version 4, checked by computing the signature again from what was received.
@Suite struct AWSSignatureTests {
  @Test func theReceiverComputesTheSameSignature() async throws {
    let loop = try NetworkLoop()
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    // With a session and without one; with zero bytes; beyond where libcurl asks before it sends.
    for (token, body) in [
      (nil, Array("samples".utf8)), (Secret("session"), [0, 1, 0, 2]),
      (Secret("session"), Array(repeating: 65, count: 1_500_000)),
    ] as [(Secret?, [UInt8])] {
      let request = HTTPRequest(
        .post,
        "\(server.url)workspaces/ws-1/api/v1/remote_write",
        headers: [
          ("Content-Type", "application/x-protobuf"), ("Content-Encoding", "snappy"),
          ("X-Prometheus-Remote-Write-Version", "0.1.0"), ("User-Agent", "rescfg/1"),
        ],
        body: body
      )
      .with {
        $0.authorization = .aws(
          AWSSignature(region: "eu-west-1", accessKey: "AKID", secretKey: Secret("hunter2"), sessionToken: token)
        )
      }
      _ = try await loop.answer(request)
      let received = try #require(server.requests.last)
      #expect(received.contains("X-Amz-Security-Token") == (token != nil))
      let (signature, recomputed) = try await recompute(received)
      #expect(signature.count == 64)
      #expect(signature == recomputed)
    }
  }

  /// The signature in a request, and the one that its headers and body ask for, by Python's hmac.
  private func recompute(_ request: String) async throws -> (String, String) {
    let script = """
      import sys, hmac, hashlib
      head, body = sys.stdin.buffer.read().split(b"\\r\\n\\r\\n", 1)
      lines = head.decode().split("\\r\\n")
      method, path, _ = lines[0].split(" ")
      fields = {k.lower(): v.strip() for k, v in (line.split(":", 1) for line in lines[1:])}
      scheme, rest = fields["authorization"].split(" ", 1)
      parts = dict(part.strip().split("=", 1) for part in rest.split(","))
      assert scheme == "AWS4-HMAC-SHA256", scheme
      key, date, region, service, end = parts["Credential"].split("/")
      assert (key, region, service, end) == ("AKID", "eu-west-1", "aps", "aws4_request"), parts
      names = parts["SignedHeaders"].split(";")
      assert "host" in names and "x-amz-date" in names, names
      assert ("x-amz-security-token" in names) == ("x-amz-security-token" in fields), names
      canonical = "\\n".join([method, path, "", *[f"{n}:{fields[n]}" for n in names], "", ";".join(names), hashlib.sha256(body).hexdigest()])
      scope = "/".join([date, region, service, end])
      text = "\\n".join([scheme, fields["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
      secret = b"AWS4hunter2"
      for part in (date, region, service, end):
          secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
      print(parts["Signature"], hmac.new(secret, text.encode(), hashlib.sha256).hexdigest())
      """
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(request.utf8))
    try input.fileHandleForWriting.close()
    let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split {
      $0.isWhitespace
    }
    process.waitUntilExit()
    try #require(words.count == 2)
    return (String(words[0]), String(words[1]))
  }
}
