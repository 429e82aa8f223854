import Model

/// The centre: one receiver for the whole fleet. It takes a request whole or refuses it whole, as Prometheus does with remote write 1.0,
/// and remembers of each sample that it has it.
final class Centre {
  /// Of a request: what is answered.
  struct Verdict: Hashable {
    var status: Int
    var text = ""
    /// Of what was stored, in milliseconds since 1970.
    var newest: Int64?
  }

  let rules: CentreRules
  private(set) var memories: [CentreMemory]
  var load = CentreLoad()
  /// Of the questions' times.
  var times = TimeTexts()
  /// Newest timestamp of all.
  private var newest = Int64.min
  /// When it will have done what it has taken on, in milliseconds.
  private var busyUntil: Double = 0
  /// What was wrong with what came: a value that was never collected, a message that can't be read.
  private(set) var violations: [String] = []
  /// Samples that are refused for their own sake: node, series, and how that is answered; nothing where there are none.
  var poison: ((Int, Int, Int64) -> Int?)?

  /// Beyond this much work waiting it answers 503, in milliseconds.
  static let waitMax: Double = 60_000
  private static let violationCountMax = 20

  init(_ rules: CentreRules, nodeCount: Int) {
    self.rules = rules
    memories = [CentreMemory](repeating: CentreMemory(), count: nodeCount)
  }

  /// Takes work on.
  /// - Returns: how long it waits and how long it then takes, in milliseconds; nothing where there is too much to do.
  func admit(samples: Double, now: Int64) -> (wait: Double, service: Double)? {
    guard let rate = rules.samplesPerSecond else { return (0, 0) }
    let wait = max(busyUntil - Double(now), 0)
    guard wait <= Self.waitMax else { return nil }
    let service = samples / rate * 1000
    busyUntil = Double(now) + wait + service
    return (wait, service)
  }

  func take(_ body: [UInt8], now: Int64) -> Verdict {
    let request: ReceivedRequest
    do throws(ReceivedRequest.Unreadable) { request = try ReceivedRequest(body) } catch {
      note("a request that can't be read")
      return Verdict(status: 400, text: "bad request")
    }
    var refusal: Verdict?
    for sample in request.samples {
      guard memories.indices.contains(sample.node), (0..<64).contains(sample.series) else {
        note("a sample of node \(sample.node), series \(sample.series)")
        return Verdict(status: 400, text: "unknown series")
      }
      guard let verdict = judge(sample) else { continue }
      memories[sample.node].condemn(sample.series, sample.timestamp)
      if refusal == nil { refusal = verdict }
    }
    if let refusal { return refusal }
    var newestHere: Int64?
    for sample in request.samples {
      newestHere = max(newestHere ?? .min, sample.timestamp)
      if sample.bits != SampleValues.bits(node: sample.node, series: sample.series, timestamp: sample.timestamp) {
        note("node \(sample.node), series \(sample.series) at \(sample.timestamp) has a wrong value")
      }
      memories[sample.node].store(sample.series, sample.timestamp, now: now)
      newest = max(newest, sample.timestamp)
    }
    return Verdict(status: 204, newest: newestHere)
  }

  /// Nothing where it is taken. What each kind says of late samples: docs/simulate.md.
  private func judge(_ sample: ReceivedRequest.Sample) -> Verdict? {
    if let status = poison?(sample.node, sample.series, sample.timestamp) {
      return Verdict(status: status, text: "label name \"node\" is not unique")
    }
    switch rules.kind {
    case .victoriametrics: return nil
    case .prometheus, .mimir, .amp, .thanosReceive: break
    }
    let status = rules.kind == .thanosReceive ? 409 : 400
    if rules.window > 0 {
      guard newest != .min, sample.timestamp < newest - rules.window else { return nil }
      return Verdict(status: rules.answersTooOldWith500 ? 500 : status, text: "too old sample")
    }
    if newest != .min, sample.timestamp < newest - Self.headMilliseconds {
      return Verdict(status: status, text: "out of bounds")
    }
    let last = memories[sample.node].newest(sample.series)
    return sample.timestamp < last ? Verdict(status: status, text: "out of order sample") : nil
  }

  /// Half of a block of two hours: what a head takes without a window for out-of-order samples.
  private static let headMilliseconds: Int64 = 3_600_000

  /// Starts anew, without what it had taken in the last while.
  func restart(forgetting milliseconds: Int64, now: Int64) {
    busyUntil = Double(now)
    guard milliseconds > 0 else { return }
    for node in memories.indices { memories[node].forget(since: now - milliseconds) }
  }

  func note(_ violation: String) {
    if violations.count < Self.violationCountMax { violations.append(violation) }
  }
}
