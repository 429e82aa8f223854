import Charts
import Model
import Output
import Simulation

extension SimulateCommand {
  /// What the flags and the model say.
  func options(_ model: Configuration) throws(Stop) -> SimulationOptions {
    let duration = try span(outage, "RESCFG_OUTAGE", model[Settings.survive].spelling)
    let lead = try span(lead, "RESCFG_LEAD", "10m")
    let nodeCount = try number(nodes, "RESCFG_NODES", model[Settings.nodes], max: 100_000)
    let seed = try number(seed, "RESCFG_SEED", 1, min: 0, max: Int(Int32.max))
    var options = SimulationOptions(
      model: model,
      nodeCount: nodeCount,
      faults: [],
      seed: UInt64(seed),
      duration: 2 * lead + duration
    )
    let simulated = try number(simulatedNodes, "RESCFG_SIMULATED_NODES", 24, max: 1000)
    options.scale = Scale(model, nodeCount: nodeCount, simulatedNodeCountMax: simulated)
    let rate = try number(centreRate, "RESCFG_CENTRE_RATE", 1_000_000, max: Int(Int32.max))
    options.centre.samplesPerSecond = Double(rate)
    let standard = Int((options.bytesPerSample * 1000).rounded())
    let bytes = try number(millibytesPerSample, "RESCFG_MILLIBYTES_PER_SAMPLE", standard, max: 1_000_000)
    options.bytesPerSample = Double(bytes) / 1000
    let chosen = try chosenPattern()
    if let path = schedule ?? Variables.text("RESCFG_SCHEDULE") {
      if self.pattern != nil { throw Stop(.patternAndSchedule) }
      options.faults = try faults(path)
      options.duration = (options.faults.map(\.end).max() ?? 0) + lead
    } else {
      options.faults = chosen.faults(at: lead, for: duration, nodeCount: options.scale.simulatedNodeCount)
    }
    return options
  }

  private func chosenPattern() throws(Stop) -> FaultPattern {
    guard let text = pattern ?? Variables.text("RESCFG_PATTERN") else { return .single }
    guard let pattern = FaultPattern(rawValue: text) else { throw Stop(.badPattern(text)) }
    return pattern
  }

  private func faults(_ path: String) throws(Stop) -> [Fault] {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path == "-" ? "/dev/stdin" : path, limit: 16 << 20) } catch {
      throw Stop(.fileFailed(error))
    }
    do throws(FaultText.Malformed) { return try FaultText.faults(String(decoding: bytes, as: UTF8.self)) } catch {
      throw Stop(.badSchedule(path, error))
    }
  }

  private func span(_ flag: String?, _ variable: String, _ standard: String) throws(Stop) -> Int64 {
    let text = flag ?? Variables.text(variable) ?? standard
    guard let duration = PrometheusDuration(text), duration.milliseconds > 0,
      duration.milliseconds <= Self.durationMax
    else { throw Stop(.badOutage(text)) }
    return Int64(duration.milliseconds)
  }

  /// A year.
  private static let durationMax = 31_536_000_000

  private func number(
    _ flag: Int32?,
    _ variable: String,
    _ standard: Int,
    min: Int = 1,
    max: Int
  ) throws(Stop) -> Int {
    let named = try Variables.number(variable)
    let value = (flag ?? named).map { Int($0) } ?? standard
    guard (min...max).contains(value) else { throw Stop(.outOfRange(value, min...max)) }
    return value
  }

  /// What the report is written as.
  enum ReportPlace {
    case none
    case page(String)
    case picture(String)
  }

  func reportPlace() throws(Stop) -> ReportPlace {
    guard let path = report ?? Variables.text("RESCFG_REPORT") else { return .none }
    if path.hasSuffix(".html") { return .page(path) }
    if path.hasSuffix(".svg") { return .picture(path) }
    throw Stop(.badReport(path))
  }

  func write(_ result: SimulationResult, to place: ReportPlace) throws(Stop) {
    let path: String
    let text: String
    switch place {
    case .none: return
    case .page(let file): (path, text) = (file, result.html)
    case .picture(let file): (path, text) = (file, result.chart.svg())
    }
    do throws(FileError) { try replaceFile(path, Array(text.utf8)) } catch { throw Stop(.fileFailed(error)) }
  }
}
