import Model

extension Fault {
  /// The line that a schedule has for it.
  public var text: String {
    var words = [Self.duration(start), Self.duration(duration)]
    switch kind {
    case .partition(let how): words += ["partition", "how=\(how.rawValue)"]
    case .brownOut(let share, let status, let retryAfter):
      words += ["brown-out", "share=\(share)", "status=\(status)"] + (retryAfter.map { ["retry-after=\($0)"] } ?? [])
    case .slow(let by): words += ["slow", "by=\(Self.duration(by))"]
    case .thin(let rate): words += ["thin", "rate=\(Int64(rate))"]
    case .kill: words.append("kill")
    case .powerCut: words.append("power-cut")
    case .centreRestart(let forgets): words += ["centre-restart", "forgets=\(Self.duration(forgets))"]
    case .clockJump(let by): words += ["clock", "by=\(Self.duration(by))"]
    case .diskFull: words.append("disk-full")
    case .syncErrors: words.append("sync-errors")
    case .tornWrites: words.append("torn-writes")
    case .poison(let count, let status): words += ["poison", "series=\(count)", "status=\(status)"]
    }
    switch nodes {
    case .all: break
    case .share(let share): words.append("nodes=\(share)")
    case .one(let node): words.append("node=\(node)")
    }
    return words.joined(separator: " ")
  }

  private static func duration(_ milliseconds: Int64) -> String {
    if milliseconds == 0 { return "0" }
    let spelling = PrometheusDuration(milliseconds: Int(milliseconds.magnitude)).spelling
    return milliseconds < 0 ? "-" + spelling : spelling
  }
}
