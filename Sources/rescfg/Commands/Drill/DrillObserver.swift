import JSON
import Model
import Runtime
import Transport

/// Orders a drill and watches the agent until its path is back and its backlog sent, or the time for that is over.
struct DrillObserver: ~Copyable {
  private let plan: DrillPlan
  private let base: String
  private var client = HTTPClient()

  private static let pollMilliseconds = 250

  init(_ plan: DrillPlan, address: String) {
    self.plan = plan
    base = "http://" + address
  }

  mutating func run() throws(Stop) -> DrillReport {
    guard plan.isLongEnough else { throw Stop(.drillTooShort(plan)) }
    let before = try reading()
    guard before.state == "connected" else { throw Stop(.drillNotConnected(before.state)) }
    let (status, answer) = try ask(.post, base + "/-/drill?seconds=\(plan.seconds)")
    guard status == 202 else { throw Stop(.drillRefused(status, String(decoding: answer, as: UTF8.self))) }
    let start = Pace.now()
    var report = DrillReport(plan, before)
    let cutEnd = plan.seconds * 1000
    let last = cutEnd + plan.recoveryMax + plan.drainMax
    while true {
      let now = Pace.now() - start
      let current = try reading()
      report.note(current, at: now, isCut: now < cutEnd)
      if report.isOver || now > last { break }
      Pace.sleep(milliseconds: Self.pollMilliseconds)
    }
    if plan.answersQueries, report.isOver { report.gapCheck = try gapCheck(since: before.time) }
    return report
  }

  /// Has the agent compare itself with the centre, and waits for what comes of it.
  /// - Parameter time: when the drill began, by the agent's clock.
  private mutating func gapCheck(since time: String) throws(Stop) -> DrillGapCheck {
    let (status, answer) = try ask(.post, base + "/-/sync")
    guard (200..<300).contains(status), let numbers = CheckNumbers(answer)?.byQueue else { return .refused(status) }
    let last = Pace.now() + plan.gapCheckMax
    while Pace.now() < last {
      guard let queue = GapsReading(try ask(.get, base + "/api/v1/gaps").body)?.queues.first else { break }
      if let check = queue.check, let number = numbers[queue.name], check.number >= number {
        return .ended(check, since: time)
      }
      Pace.sleep(milliseconds: Self.pollMilliseconds)
    }
    return .unfinished
  }

  private mutating func ask(_ method: HTTPRequest.Method, _ url: String) throws(Stop) -> (status: Int, body: [UInt8]) {
    do throws(TransportFailure) {
      let answer = try client.send(HTTPRequest(method, url, timeoutMilliseconds: 10_000, answerByteCountMax: 4 << 20))
      return (answer.status, answer.body)
    } catch {
      throw Stop(.drillUnreadable(base, error.message))
    }
  }

  private mutating func reading() throws(Stop) -> DrillReading {
    let status = try ask(.get, base + "/api/v1/status").body
    let ledger = try ask(.get, base + "/api/v1/ledger").body
    let metrics = try ask(.get, base + "/metrics").body
    do throws(JSONError) {
      if let reading = try DrillReading(status: status, ledger: ledger, metrics: metrics) { return reading }
      throw JSONError(expected: "queues", line: 1, column: 1)
    } catch {
      throw Stop(.drillUnreadable(base, "\(error)"))
    }
  }
}
