import Agent
import JSON
import Model
import Testing

@Suite struct AgentReportTests {
  private func read(_ text: String) throws(JSONError) -> AgentReport { try AgentReport(reading: Array(text.utf8)) }

  @Test func takesTheWorstPath() throws {
    let report = try read(
      """
      {"node":"n","queues":[{"name":"a","path":{"state":"recovering"},"queued_samples":3,"oldest_unsent_age_seconds":1.5},
       {"name":"b","path":{"state":"partitioned"},"queued_samples":4},{"name":"c","path":null,"oldest_unsent_age_seconds":null}]}
      """
    )
    #expect(report.node == "n" && report.state == .partitioned && report.remoteName == "b")
    #expect(report.queuedSamples == 7 && report.oldestUnsentAge == 1500)
  }

  @Test func readsWhatTheAgentWrites() throws {
    let report = try read(StatusDocument(Sample.agent([Sample.queue()])).json.compact)
    #expect(report.state == .recovering && report.queuedSamples == 99_890 && report.oldestUnsentAge == 3_600_122)
    #expect(report.remoteName == "remote_write_central")
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"queues":1}"#, #"{"queues":[{"path":{"state":"odd"}}]}"#, #"{"queues":[]} x"#,
    #"{"queues":[{"queued_samples":-1.5}]}"#, #"{"node":[],"queues":[]}"#,
  ])
  func refusesWhatIsNoStatus(text: String) {
    #expect(throws: JSONError.self) { try read(text) }
  }

  @Test func boundsWhatComesFromOutside() throws {
    let long = String(repeating: "n", count: 5000)
    let report = try read(
      #"{"node":"\#(long)","queues":[{"name":"\#(long)","queued_samples":-5,"oldest_unsent_age_seconds":1e300}]}"#
    )
    #expect(report.node.utf8.count == 253 && report.remoteName.utf8.count == 253)
    #expect(report.queuedSamples == 0 && report.oldestUnsentAge == 0)
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(throws: JSONError.self) { try read(#"{"x":\#(deep),"queues":[]}"#) }
  }
}
