import Testing

@testable import Transport

@Suite struct AddressPolicyTests {
  @Test(
    arguments: [
      [169, 254, 169, 254], [169, 254, 0, 0],
      [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      [0xfe, 0xbf, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 169, 254, 169, 254],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 169, 254, 169, 254],
      [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 169, 254, 169, 254],
      [0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54],
      [], [169, 254, 1],
    ] as [[UInt8]]
  )
  func refuses(_ address: [UInt8]) {
    #expect(!AddressPolicy.notLinkLocal.allows(address))
    #expect(AddressPolicy.any.allows(address))
  }

  @Test(
    arguments: [
      [127, 0, 0, 1], [10, 0, 0, 1], [169, 253, 1, 1], [170, 254, 1, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 1],
      [0xfe, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ] as [[UInt8]]
  )
  func allows(_ address: [UInt8]) { #expect(AddressPolicy.notLinkLocal.allows(address)) }

  /// Refused before a packet leaves, whatever the address is called.
  @Test(arguments: [
    "http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://0xa9fea9fe/", "http://169.254.43518/",
    "http://[fe80::1]/", "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/",
  ])
  func aScrapeDoesNotReachIt(_ url: String) async throws {
    let loop = try NetworkLoop()
    let request = HTTPRequest(.get, url, timeoutMilliseconds: 2_000).with { $0.addressPolicy = .notLinkLocal }
    #expect(try await loop.failure(request).kind == .refusedAddress)
  }

  @Test func othersAreReached() async throws {
    let loop = try NetworkLoop()
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let request = HTTPRequest(.get, server.url).with { $0.addressPolicy = .notLinkLocal }
    #expect(try await loop.answersInARow([request, request]).map(\.status) == [200, 200])
    #expect(server.connectionCount == 1)
  }
}
