internal import Samples

/// Which targets there are.
extension Scraper {
  private static let problemCountMax = 10

  /// Takes the jobs of a model. What is scraped as before goes on undisturbed; a job that is new has no targets until `setTargets`.
  public mutating func setJobs(_ newJobs: [ScrapeJob], now: Moment) -> [ScrapeAction] {
    var actions: [ScrapeAction] = []
    var former = jobs
    jobs = []
    for job in newJobs {
      if let index = former.firstIndex(where: { $0.job.name == job.name }) {
        var state = former.remove(at: index)
        let isChanged = state.job != job
        state.job = job
        jobs.append(state)
        if isChanged { actions += settle(jobs.count - 1, now: now) }
      } else {
        jobs.append(JobState(job: job))
      }
    }
    for state in former { for loop in state.loops { actions += remove(loop, now: now) } }
    return actions
  }

  /// Takes all that is known of a job's targets now, from all of its discoveries.
  /// - Returns: requests to give up, and the markers of targets that are gone.
  public mutating func setTargets(job name: String, groups: [TargetGroup], now: Moment) -> [ScrapeAction] {
    guard let index = jobs.firstIndex(where: { $0.job.name == name }) else { return [] }
    jobs[index].groups = groups
    return settle(index, now: now)
  }

  /// Resolves the targets of a job anew; keeps those that are scraped already and that nothing changes for.
  private mutating func settle(_ index: Int, now: Moment) -> [ScrapeAction] {
    let job = jobs[index].job
    let wanted = resolved(index)
    var former: [ScrapeTarget: TargetLoop] = [:]
    for loop in jobs[index].loops { former[loop.target] = loop }
    let limit = job.limits.targetCount
    let refusal =
      limit > 0 && wanted.count > limit ? "the job has \(wanted.count) targets, and target_limit is \(limit)" : nil
    var actions: [ScrapeAction] = []
    var kept: [TargetLoop?] = []
    for target in wanted {
      if let loop = former[target], loop.job.namesSeriesLike(job) {
        former[target] = nil
        loop.job = job
        kept.append(loop)
      } else {
        kept.append(nil)
      }
    }
    // First those that go, so that their streams are free for those that come.
    for loop in jobs[index].loops where former[loop.target] === loop { actions += remove(loop, now: now) }
    jobs[index].loops = zip(wanted, kept).map { target, loop in loop ?? add(target, job, now: now) }
    for loop in jobs[index].loops { loop.refusal = refusal }
    return actions
  }

  /// The targets of a job, each once, in the discovery's order.
  private mutating func resolved(_ index: Int) -> [ScrapeTarget] {
    jobs[index].droppedCount = 0
    jobs[index].problems = []
    var targets: [ScrapeTarget] = []
    var seen: Set<ScrapeTarget> = []
    for group in jobs[index].groups {
      for discovered in group.targets {
        var labels = discovered
        for label in group.labels where labels[label.name] == nil { labels[label.name] = label.value }
        switch ScrapeTarget.resolve(labels, jobs[index].job, addsDefaultPort: settings.addsDefaultPort) {
        case .target(let target):
          guard !seen.contains(target) else { continue }
          guard targets.count < settings.targetCountMax else {
            jobs[index].problems = ["more than \(settings.targetCountMax) targets: the others aren't scraped"]
            return targets
          }
          seen.insert(target)
          targets.append(target)
        case .dropped: jobs[index].droppedCount += 1
        case .invalid(let problem):
          if jobs[index].problems.count < Self.problemCountMax { jobs[index].problems.append(problem) }
        }
      }
    }
    return targets
  }

  private mutating func add(_ target: ScrapeTarget, _ job: ScrapeJob, now: Moment) -> TargetLoop {
    let stream: UInt32
    if let free = freeStreams.popLast() {
      stream = free
    } else {
      stream = nextStream
      nextStream += 1
    }
    let loop = TargetLoop(target, job, stream: stream, serial: nextSerial, settings, now: now)
    nextSerial += 1
    loops[stream] = loop
    due.insert(.init(due: loop.schedule.due, stream: stream, serial: loop.serial))
    return loop
  }

  private mutating func remove(_ loop: TargetLoop, now: Moment) -> [ScrapeAction] {
    var actions: [ScrapeAction] = []
    if let request = loop.request {
      requests[request.id] = nil
      actions.append(.cancel(request.id))
    }
    seriesCount -= loop.cache.count
    if let batch = loop.end(now: now) {
      counters.samples += UInt64(batch.count)
      actions.append(.take(batch))
    }
    waiting.removeAll { $0 == loop.stream }
    loops[loop.stream] = nil
    freeStreams.append(loop.stream)
    return actions
  }
}

extension ScrapeJob {
  /// Whether a series of a target becomes the same one under both jobs, so that what is remembered of it holds.
  fileprivate func namesSeriesLike(_ other: ScrapeJob) -> Bool {
    honorsLabels == other.honorsLabels && metricRelabelRules == other.metricRelabelRules
      && hasExtraMetrics == other.hasExtraMetrics && limits.labelCount == other.limits.labelCount
      && limits.labelNameByteCount == other.limits.labelNameByteCount
      && limits.labelValueByteCount == other.limits.labelValueByteCount
  }
}
