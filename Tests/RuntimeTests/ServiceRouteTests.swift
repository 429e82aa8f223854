import Serving
import Testing

@testable import Runtime

@Suite struct ServiceRouteTests {
  private func route(_ method: String, _ path: String, _ listener: String) -> ServiceRoute {
    ServiceRoute(ServerRequest(method: method, path: path, listener: listener))
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "get"])
  func theServiceListenerTakesNoOrders(method: String) {
    for path in ["/metrics", "/-/healthy", "/-/ready", "/api/v1/status", "/api/v1/ledger", "/"] {
      #expect(route(method, path, ServiceRoute.service) == .methodNotAllowed("GET, HEAD"))
    }
    for path in ["/api/v1/write", "/-/reload", "/-/quit"] {
      #expect(route(method, path, ServiceRoute.service) == .unknown)
    }
  }

  @Test func everybodyMayAskForAComparison() {
    for listener in [ServiceRoute.service, ServiceRoute.receive] {
      #expect(route("POST", "/-/sync", listener) == .sync)
      #expect(route("GET", "/-/sync", listener) == .methodNotAllowed("POST"))
      #expect(route("GET", "/api/v1/gaps", listener) == .gaps)
    }
  }

  @Test func thePodsOwnListenerTakesThem() {
    #expect(route("POST", "/api/v1/write", ServiceRoute.receive) == .write)
    #expect(route("POST", "/-/reload", ServiceRoute.receive) == .reload)
    #expect(route("GET", "/api/v1/write", ServiceRoute.receive) == .methodNotAllowed("POST"))
    #expect(route("HEAD", "/-/healthy", ServiceRoute.receive) == .healthy)
  }
}

@Suite struct IntakeTests {
  @Test func boundsWhatWaits() {
    let intake = Intake(byteCountMax: 100)
    #expect(intake.admit(60))
    #expect(!intake.admit(50))
    #expect(intake.admit(40))
    intake.release(60)
    intake.release(40)
    #expect(intake.admit(1000))
    #expect(!intake.admit(1))
  }
}
