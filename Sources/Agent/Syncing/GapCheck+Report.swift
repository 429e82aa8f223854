import Model

/// How a check ends.
extension GapCheck {
  /// - Parameter result: `complete` where nothing went wrong; what is left decides.
  mutating func end(_ result: SyncReport.Result, _ error: String?, now: Moment) {
    guard let running else { return }
    self.running = nil
    var report = running.report
    report.ended = now
    report.error = error
    if result != .failed, let comparison = running.comparison {
      let gaps = gaps(running, comparison, now)
      report.gaps = Array(gaps.prefix(SyncReport.gapCountMax))
      report.omittedGapCount = gaps.count - report.gaps.count
      report.result = gaps.allSatisfy { $0.state == .filled } ? .complete : .gaps
      counts.lastSuccess = now.wall
      counts.runs.add(to: .success)
    } else {
      report.result = result
      counts.runs.add(to: result == .failed ? .failure : .success)
    }
    last = report
    wake(at: now.monotonic)
  }

  private func state(_ lack: Lack, _ running: Running, _ now: Moment) -> Gap.State {
    if running.filled.contains(lack) { return .filled }
    if let reason = futile[lack] { return .unfillable(reason) }
    return running.candidates.contains(lack) ? .pending : .unfillable(.tooOld)
  }

  /// What is lacking, told by one series of each stream, in stretches of one state.
  private mutating func gaps(_ running: Running, _ comparison: Comparison, _ now: Moment) -> [Gap] {
    var speakers: [HeldRange: Lack] = [:]
    for lack in running.lacks.keys {
      for held in comparison.held(lack) {
        let known = speakers[held]
        if known == nil || isBetter(lack, than: known ?? lack, running, now) { speakers[held] = lack }
      }
    }
    var spoken: [Lack: UInt64] = [:]
    for (held, lack) in speakers { spoken[lack, default: 0] += comparison.sampleCount(held) }
    var gaps: [Gap] = []
    var stillPending: [Lack: UInt64] = [:]
    var isNew = false
    for lack in spoken.keys.sorted(by: { ($0.witness, $0.range) < ($1.witness, $1.range) }) {
      let samples = spoken[lack] ?? 0
      let count = running.lacks[lack] ?? LackCount(delivered: 0, found: 0)
      let state = state(lack, running, now)
      switch state {
      case .pending: stillPending[lack] = samples
      case .unfillable(let reason):
        if counted.insert(lack).inserted { counts.lostSamples.add(samples, to: reason) }
      case .filled: break
      }
      let start = configuration.grid.start(of: lack.range)
      let gap = Gap(
        series: table[lack.witness],
        from: start,
        until: configuration.grid.end(of: lack.range),
        delivered: count.delivered,
        found: count.found,
        samples: samples,
        state: state
      )
      let isKnown = pending[lack] != nil || futile[lack] != nil && !running.tried.contains(lack)
      if let previous = gaps.last, previous.series == gap.series, previous.until + 1 == start, previous.state == state {
        gaps[gaps.count - 1] = previous.joined(gap)
        isNew = isNew || !isKnown
      } else {
        if isNew { counts.found += 1 }
        gaps.append(gap)
        isNew = !isKnown
      }
    }
    if isNew { counts.found += 1 }
    if stillPending.count > Self.memoryCountMax { stillPending.removeAll() }
    pending = stillPending
    return gaps
  }

  /// Which of two series speaks for a stream: one that tells of trouble, then the first by its labels.
  private func isBetter(_ lack: Lack, than other: Lack, _ running: Running, _ now: Moment) -> Bool {
    let (one, two) = (state(lack, running, now) == .filled, state(other, running, now) == .filled)
    return one == two ? table[lack.witness] < table[other.witness] : two
  }
}

extension Gap {
  /// One that goes on where this one ends.
  fileprivate func joined(_ next: Gap) -> Gap {
    Gap(
      series: series,
      from: from,
      until: next.until,
      delivered: delivered + next.delivered,
      found: found + next.found,
      samples: samples + next.samples,
      state: state
    )
  }
}
