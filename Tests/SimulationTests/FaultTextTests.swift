import Simulation
import Testing

@Suite struct FaultTextTests {
  @Test func everyFaultSurvivesItsSpelling() throws {
    let kinds: [Fault.Kind] = [
      .partition(.refused), .partition(.silent), .partition(.oneWay),
      .brownOut(share: 0.25, status: 503, retryAfterSeconds: 30),
      .brownOut(share: 1, status: 429, retryAfterSeconds: nil), .slow(1500), .thin(bytesPerSecond: 100_000), .kill,
      .powerCut, .centreRestart(forgets: 600_000), .clockJump(-3_600_000), .diskFull, .syncErrors, .tornWrites,
      .poison(seriesCount: 2, status: 500),
    ]
    for kind in kinds {
      for nodes in [.all, .one(3), .share(0.5)] as [Fault.Nodes] {
        let fault = Fault(kind, at: 61_500, for: 3_600_000, nodes)
        #expect(try FaultText.faults("# a comment\n\n\(fault.text)  # why") == [fault], "\(fault.text)")
      }
    }
  }

  @Test(arguments: [
    ("10m 6h", 1, "a start, a duration and a kind"), ("\n10m 6h partitoin", 2, "did you mean 'partition'?"),
    ("10m soon kill", 1, "'soon' is no duration"), ("10m 1h kill node=x", 1, "no node's number"),
    ("10m 1h kill how=silent", 1, "'kill' has no 'how'"), ("10m 1h partition how=loud", 1, "not 'loud'"),
    ("10m 1h brown-out share=120%", 1, "no share"), ("10m 1h slow", 1, "by= is missing"),
    ("10m 1h thin rate=0", 1, "above 0"), ("1m 1m kill node=1 node=2", 1, "one too many"),
  ])
  func whatIsWrongIsSaid(text: String, line: Int, reason: String) throws {
    let error = #expect(throws: FaultText.Malformed.self) { _ = try FaultText.faults(text) }
    #expect(error?.line == line)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }
}
