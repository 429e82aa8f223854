import Agent

/// What a drill showed, against what the model's figures promise. Times are milliseconds since the cut.
struct DrillReport {
  let plan: DrillPlan
  private let before: DrillReading
  private var last: DrillReading
  private var partitioned: Int64?
  private var alert: Int64?
  private var connected: Int64?
  private var drained: Int64?
  private var wasCollecting = false
  private var queuedMost: UInt64 = 0
  private var cutEnd: Int64 { plan.seconds * 1000 }
  var gapCheck = DrillGapCheck.notAsked

  init(_ plan: DrillPlan, _ before: DrillReading) {
    self.plan = plan
    self.before = before
    last = before
  }

  mutating func note(_ reading: DrillReading, at time: Int64, isCut: Bool) {
    last = reading
    queuedMost = max(queuedMost, reading.queued)
    if reading.state == "partitioned", partitioned == nil { partitioned = time }
    if reading.isAlertFiring, alert == nil { alert = time }
    if isCut {
      if partitioned != nil, reading.collected > before.collected { wasCollecting = true }
    } else {
      if reading.state == "connected", connected == nil { connected = time }
      if connected != nil, reading.backlog == 0, drained == nil { drained = time }
    }
  }

  var isOver: Bool { connected != nil && drained != nil }

  /// One thing that was watched.
  struct Check {
    let name: String
    /// What was seen, and what was to be.
    let seen: String
    let expected: String
    let hasHeld: Bool
  }

  var checks: [Check] {
    var checks = [
      time("detection", partitioned, from: 0, atMost: plan.detectionMax),
      Check(
        name: "collection",
        seen: wasCollecting ? "went on" : "stood still",
        expected: "goes on",
        hasHeld: wasCollecting
      ),
      time("recovery", connected, from: cutEnd, atMost: plan.recoveryMax),
      time("drain", drained, from: cutEnd, atMost: plan.recoveryMax + plan.drainMax),
      Check(
        name: "loss",
        seen: "\(last.lost - min(before.lost, last.lost)) samples",
        expected: "0 samples",
        hasHeld: last.lost == before.lost
      ),
      Check(
        name: "ledger",
        seen: last.isBalanced ? "balanced" : "not balanced",
        expected: "balanced",
        hasHeld: last.isBalanced
      ),
    ]
    if plan.hasAlertmanagers { checks.insert(time("alert", alert, from: 0, atMost: plan.alertMax), at: 1) }
    if plan.answersQueries {
      checks.append(
        Check(name: "gap check", seen: gapCheck.seen, expected: DrillGapCheck.expected, hasHeld: gapCheck.hasHeld)
      )
    }
    return checks
  }

  var hasHeld: Bool { checks.allSatisfy(\.hasHeld) }

  private func time(_ name: String, _ time: Int64?, from start: Int64, atMost: Int64) -> Check {
    let seen = time.map { max(0, $0 - start) }
    return Check(
      name: name,
      seen: seen.map(Self.seconds) ?? "not seen",
      expected: "at most " + Self.seconds(atMost),
      hasHeld: seen.map { $0 <= atMost } ?? false
    )
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
  }

  var text: String {
    let checks = checks
    let width = checks.map { $0.name.count }.max() ?? 0
    var text = "drill: partition of \(plan.seconds) s; at most \(queuedMost) samples waited\n"
    for check in checks {
      let name = check.name + String(repeating: " ", count: width - check.name.count)
      text += "\(check.hasHeld ? "held  " : "FAILED") \(name)  \(check.seen) (\(check.expected))\n"
    }
    return text
  }

  var json: String {
    JSONValue.object([
      JSONMember("drill", .string("partition")), JSONMember("seconds", .integer(plan.seconds)),
      JSONMember("held", .boolean(hasHeld)), JSONMember("queued_samples_most", .unsigned(queuedMost)),
      JSONMember(
        "checks",
        .array(
          checks.map { check in
            .object([
              JSONMember("name", .string(check.name)), JSONMember("held", .boolean(check.hasHeld)),
              JSONMember("seen", .string(check.seen)), JSONMember("expected", .string(check.expected)),
            ])
          }
        )
      ),
      JSONMember("gap_check", gapCheck.json),
    ]).compact + "\n"
  }
}
