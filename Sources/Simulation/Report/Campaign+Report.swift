public import Agent

extension Campaign.Outcome {
  /// For people.
  public func text(seed: Int) -> String {
    let years = Shown.decimal(nodeYears)
    var lines = [
      "\(years) node-years in \(worldCount) random worlds from seed \(seed): \(eventCount) events, fingerprint \(fingerprintText)"
    ]
    if let failure {
      lines.append("VIOLATED, which is a bug, in the world of seed \(failure.seed):")
      lines += failure.violations.map { "  " + $0 }
      lines.append("These of its faults are enough:")
      lines += failure.faults.map { "  " + $0.text }
    } else {
      lines.append("No violation: nothing that an agent acknowledged is lost without a ledger that says so.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// For programs.
  public func json(seed: Int) -> JSONValue {
    var members = [
      JSONMember("seed", .integer(Int64(seed))),
      JSONMember("node_years", .thousandths(Int64((nodeYears * 1000).rounded()))),
      JSONMember("worlds", .integer(Int64(worldCount))),
      JSONMember("events", .integer(Int64(eventCount))),
      JSONMember("fingerprint", .string(fingerprintText)),
      JSONMember("violations", .array((failure?.violations ?? []).map { .string($0) })),
    ]
    if let failure {
      members.append(JSONMember("failed_seed", .string(String(failure.seed))))
      members.append(JSONMember("faults", .array(failure.faults.map { .string($0.text) })))
    }
    return .object(members)
  }

  private var fingerprintText: String {
    let digits = String(fingerprint, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
