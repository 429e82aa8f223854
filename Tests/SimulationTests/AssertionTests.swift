import Simulation
import Testing

@Suite struct AssertionTests {
  private let values = [
    ReportValue(name: "loss", unit: .samples, value: 0, meaning: ""),
    ReportValue(name: "peak_disk", unit: .bytes, value: 10_737_418_240, meaning: ""),
    ReportValue(name: "drain", unit: .milliseconds, value: 90_000, meaning: ""),
    ReportValue(name: "time_to_fresh", unit: .milliseconds, value: nil, meaning: ""),
  ]

  @Test(arguments: [
    ("loss==0", true), ("loss == 0", true), ("loss!=0", false), ("loss<1", true), ("peak_disk<=10Gi", true),
    ("peak_disk<10Gi", false), ("peak_disk>=10Gi", true), ("peak_disk>1G", true), ("drain<=1m30s", true),
    ("drain<90s", false), ("drain>0", true), ("time_to_fresh<1h", false), ("time_to_fresh>1h", false),
  ])
  func comparesInUnits(text: String, holds: Bool) throws {
    #expect(try Assertion(text).holds(values) == holds)
  }

  @Test(arguments: [
    ("loss", Assertion.Malformed.noComparison), ("loss=0", .noComparison), ("los==0", .unknownName("los")),
    ("drain<5", .badValue("5", .milliseconds)), ("peak_disk<much", .badValue("much", .bytes)),
    ("==0", .unknownName("")),
  ])
  func refusesWhatIsNone(text: String, problem: Assertion.Malformed) {
    #expect(throws: problem) { _ = try Assertion(text) }
  }

  @Test func saysWhatItCameTo() throws {
    #expect(try Assertion("drain<1m").explanation(values) == "drain<1m: it is 1m 30s")
    #expect(try Assertion("time_to_fresh<1m").explanation(values) == "time_to_fresh<1m: it is never")
  }
}
