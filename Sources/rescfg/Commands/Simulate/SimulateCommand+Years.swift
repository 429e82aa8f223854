import Agent
import Glibc
import Model
import Output
import Simulation

extension SimulateCommand {
  /// Years of nodes, in random fleets with random faults.
  func campaign(_ years: Int32) throws(Stop) -> ExitStatus {
    guard (1...100_000).contains(years) else { throw Stop(.outOfRange(Int(years), 1...100_000)) }
    let isOtherwise = [outage, pattern, schedule, report].contains { $0 != nil } || nodes != nil || !assertions.isEmpty
    if isOtherwise { throw Stop(.yearsAndOutage) }
    let named = try Variables.number("RESCFG_SEED")
    let format = try Variables.choice(format, or: "RESCFG_FORMAT") ?? .text
    let seed = Int(seed ?? named ?? 1)
    guard (0...Int(Int32.max)).contains(seed) else { throw Stop(.outOfRange(seed, 0...Int(Int32.max))) }
    let campaign = Campaign(nodeYears: Double(years), seed: UInt64(seed))
    let start = clock()
    var progress = ProgressBar("simulated")
    let outcome: Campaign.Outcome
    do throws(Diagnostics) { outcome = try campaign.run { progress.show($0) } } catch { throw .diagnostics(error.all) }
    progress.end()
    let seconds = max(Double(clock() - start) / Double(CLOCKS_PER_SEC), 0.001)
    switch format {
    case .text: try emit(outcome.text(seed: seed))
    case .json: try emit(outcome.json(seed: seed).indented)
    }
    // Not part of the result, which is the same for the same seed.
    let hourly = Int((outcome.nodeYears / seconds * 3600).rounded())
    StandardStream.error.tell("\(Int(seconds.rounded())) s of processor time, \(hourly) node-years an hour of it\n")
    return outcome.failure == nil ? .fine : .findings
  }
}
