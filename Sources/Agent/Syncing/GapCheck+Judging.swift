import Model

/// What the answers mean, and what is sent again because of them.
extension GapCheck {
  /// The spool was looked through: asks the centre for the same.
  mutating func begin(_ survey: Survey, _ now: Moment) {
    if table.count > Self.memoryCountMax { forget() }
    let comparison = Comparison(survey, &table)
    running?.comparison = comparison
    running?.report.heldFrom = survey.heldFrom
    running?.report.samplesBefore = survey.samplesBefore
    running?.report.streamCount = comparison.streamCount
    running?.report.unwitnessedSamples = comparison.unwitnessed
    countGone(survey.heldFrom, now)
    let newest = configuration.grid.range(of: now.wall - configuration.visibleAfter)
    // The range that `newest` lies in isn't over.
    let last = configuration.comparesUnfinished ? newest : newest - 1
    guard let held = comparison.ranges, held.lowerBound <= last else { return end(.complete, nil, now: now) }
    let ranges = held.lowerBound...min(held.upperBound, last)
    let witnesses = comparison.witnesses.sorted { table[$0] < table[$1] }.prefix(Self.witnessCountMax)
    running?.newestRange = ranges.upperBound
    running?.report.witnessCount = witnesses.count
    running?.report.from = configuration.grid.start(of: ranges.lowerBound)
    running?.report.until = min(configuration.grid.end(of: ranges.upperBound), now.wall)
    running?.report.comparedSamples = comparison.sampleCount(upTo: ranges.upperBound)
    let cut = survey.heldUntil.flatMap { configuration.grid.range(of: $0) == ranges.upperBound ? $0 : nil }
    running?.cut = cut
    ask(Inquiry(Array(witnesses), ranges, cut: cut), .comparison)
  }

  private mutating func forget() { (table, futile, counted, pending) = (WitnessTable(), [:], [], [:]) }

  /// What was left for later and isn't on disk any more.
  private mutating func countGone(_ heldFrom: Int64?, _ now: Moment) {
    let grid = configuration.grid
    for (lack, samples) in pending where heldFrom.map({ grid.end(of: lack.range) < $0 }) ?? true {
      let isAged = configuration.ageMax.map { grid.end(of: lack.range) < now.wall - $0 } ?? false
      counts.lostSamples.add(samples, to: isAged ? .tooOld : .diskFull)
      pending[lack] = nil
    }
    guard let heldFrom else { return }
    futile = futile.filter { grid.end(of: $0.key.range) >= heldFrom }
    counted = counted.filter { grid.end(of: $0.range) >= heldFrom }
  }

  /// All questions are answered.
  mutating func judge(_ purpose: Purpose, _ now: Moment) {
    guard let comparison = running?.comparison, let inquiry = running?.inquiry else { return }
    let lacks = comparison.lacks(inquiry)
    if purpose == .trial || purpose == .rest, mayShowLater(lacks) {
      running?.looks += 1
      return settle(purpose, now)
    }
    switch purpose {
    case .comparison:
      running?.tried = Set(lacks.keys)
      if lacks.isEmpty || configuration.visibleAfter == 0 {
        judgeComparison(lacks, now)
      } else {
        settle(.secondLook, now)
      }
    case .secondLook: judgeComparison(lacks.filter { running?.tried.contains($0.key) == true }, now)
    case .trial:
      let helped = note(lacks)
      guard helped else {
        distrust = min(distrust + 1, 7)
        trustAfter = now.monotonic + min(configuration.interval << Int64(distrust), Self.distrustMax)
        return end(.gaps, "what was sent again isn't shown by the centre", now: now)
      }
      distrust = 0
      refillRest(now)
    case .rest:
      _ = note(lacks)
      end(.complete, nil, now: now)
    }
  }

  private static let distrustMax: Int64 = 86_400_000
  private static let lookCountMax = 3

  /// Whether what was sent again isn't all there and the centre may only not show it yet.
  private func mayShowLater(_ lacks: [Lack: LackCount]) -> Bool {
    guard let running, configuration.visibleAfter > 0, running.looks < Self.lookCountMax else { return false }
    return running.tried.contains { lacks[$0] != nil }
  }

  private mutating func judgeComparison(_ lacks: [Lack: LackCount], _ now: Moment) {
    running?.lacks = lacks
    running?.tried = []
    let candidates = Set(lacks.keys.filter { futile[$0] == nil && !isTooOld($0, now) })
    running?.candidates = candidates
    guard !candidates.isEmpty else { return end(.complete, nil, now: now) }
    guard now.monotonic >= trustAfter else {
      return end(.gaps, "the centre didn't show what was sent again before; the next try is later", now: now)
    }
    // The newest first: what is about to become too old says little of the others.
    let newestFirst = candidates.sorted { ($1.range, $0.witness) < ($0.range, $1.witness) }
    refill(newestFirst, .trial, sampleCountMax: UInt64(configuration.trialSampleCount), now)
  }

  private func isTooOld(_ lack: Lack, _ now: Moment) -> Bool {
    guard let window = configuration.window else { return false }
    return configuration.grid.start(of: lack.range) < now.wall - window
  }

  /// What the refill changed.
  /// - Returns: whether anything of it is there now.
  private mutating func note(_ lacks: [Lack: LackCount]) -> Bool {
    guard let tried = running?.tried, let refill = running?.refill else { return false }
    var helped = false
    for lack in tried {
      guard let still = lacks[lack] else {
        running?.filled.insert(lack)
        helped = true
        continue
      }
      if still.found > running?.lacks[lack]?.found ?? 0 { helped = true }
      if futile.count >= Self.memoryCountMax { futile.removeAll() }
      futile[lack] = refill.refused == 0 ? .other : refill.refusal == .tooOld ? .tooOld : .rejected
    }
    return helped
  }

  private mutating func refillRest(_ now: Moment) {
    guard let running else { return }
    let rest = running.candidates.subtracting(running.tried)
      .sorted { ($0.range, $0.witness) < ($1.range, $1.witness) }
    let spent = running.comparison?.sampleCount(running.sent) ?? 0
    let budget = UInt64(configuration.replaySampleCountMax)
    guard !rest.isEmpty, spent < budget else { return end(.complete, nil, now: now) }
    refill(rest, .rest, sampleCountMax: budget - spent, now)
  }

  /// Sends again what the first of these stand for, up to so many samples, but at least for one.
  private mutating func refill(_ lacks: [Lack], _ purpose: Purpose, sampleCountMax: UInt64, _ now: Moment) {
    guard let comparison = running?.comparison, let newest = running?.newestRange else { return }
    var sent = running?.sent ?? []
    var chosen: Set<HeldRange> = []
    var tried: Set<Lack> = []
    var count: UInt64 = 0
    for lack in lacks {
      let held = Set(comparison.held(lack)).subtracting(sent).subtracting(chosen)
      let more = comparison.sampleCount(held)
      if !tried.isEmpty, count + more > sampleCountMax { if purpose == .rest { continue } else { break } }
      chosen.formUnion(held)
      tried.insert(lack)
      count += more
      // What came after the last moment compared goes along: it is likely to lack, too.
      if lack.range == newest {
        for later in comparison.held(after: newest) {
          if held.contains(where: { $0.segment <= later.segment && $0.stream == later.stream }) { chosen.insert(later) }
        }
      }
    }
    sent.formUnion(chosen)
    running?.sent = sent
    running?.tried = tried
    running?.looks = 1
    running?.refill = Refill(RefillPlan(chosen, configuration), configuration)
    running?.stage = .refilling(purpose)
    wake(at: now.monotonic)
  }
}
