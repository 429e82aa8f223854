import Model
import Testing

@Suite struct CentralTests {
  @Test(
    arguments: [
      (.prometheus, "/api/v1/write", "/api/v1/query"), (.mimir, "/api/v1/push", "/prometheus/api/v1/query"),
      (.thanosReceive, "/api/v1/receive", nil), (.victoriametrics, "/api/v1/write", "/api/v1/query"),
      (.amp, "/api/v1/remote_write", "/api/v1/query"),
    ] as [(CentralKind, String, String?)]
  )
  func pathsOfEachKind(kind: CentralKind, write: String, query: String?) {
    #expect(kind.remoteWritePath == write && kind.queryPath == query)
  }

  @Test(
    arguments: [
      (.none, .system, []), (.sigv4, .system, []), (.basic, .system, [.password]), (.bearer, .system, [.token]),
      (.bearer, .privateAuthority, [.token, .authority]), (.none, .mutual, [.authority, .certificate, .key]),
    ] as [(CentralAuthentication, CentralTLS, [CentralSecret.File])]
  )
  func filesThatAreNeeded(authentication: CentralAuthentication, tls: CentralTLS, files: [CentralSecret.File]) {
    let configuration = Configuration(environment: "prod")
      .setting("central.auth", to: authentication.scalar).setting("central.tls", to: tls.scalar)
    #expect(configuration.centralFiles == files)
  }

  @Test func filesStandInOneDirectory() {
    #expect(
      CentralSecret.File.allCases.map { Configuration(environment: "prod").path(of: $0) }
        == ["password", "token", "ca.crt", "tls.crt", "tls.key"].map {
          "/etc/rescfg-central/\($0)"
        }
    )
  }
}
