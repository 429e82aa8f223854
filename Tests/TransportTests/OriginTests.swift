import Testing

@testable import Transport

@Suite struct OriginTests {
  @Test(arguments: [
    ("http://a", "http://a:80", ""), ("https://a/", "https://a:443", "/"),
    ("http://a:8080/b?c", "http://a:8080", "/b?c"),
    ("http://[::1]:9/x", "http://[::1]:9", "/x"), ("http://[::1]", "http://[::1]:80", ""),
    ("http://a?b@c", "http://a:80", "?b@c"),
    ("http://a:/b", "http://a:80", "/b"),
  ])
  func parts(_ url: String, _ shown: String, _ rest: String) throws {
    let origin = try #require(Origin(url))
    #expect(origin.description == shown)
    #expect(origin.rest == rest)
  }

  @Test(arguments: [
    "", "http://", "http:///a", "a", "ftp://a", "http://u:p@a/", "http://a:0", "http://a:65536", "http://a:x",
    "http://[::1", "http://[::1]a",
  ])
  func others(_ url: String) { #expect(Origin(url) == nil) }
}
