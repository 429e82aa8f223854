import Serving
import Testing

@Suite struct ServerRequestTests {
  @Test func findsTheFirstHeaderOfAName() {
    let request = ServerRequest(method: "GET", path: "/", headers: [("accept", "a"), ("accept", "b")])
    #expect(request.header("accept") == "a")
    #expect(request.header("host") == nil)
  }
}
