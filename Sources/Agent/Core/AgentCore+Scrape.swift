import Model
import Samples
import Spool

extension AgentCore {
  /// Hands the model's jobs to the scraper, and looks for their targets. A discovery that the former model had, in the same words, goes on with
  /// what it knows; what is on its way for others is broken off.
  func takeJobs(now: Moment) {
    for action in scraper.setJobs(configuration.jobs.map(\.job), now: now) { perform(action, now: now) }
    var former = discoveries
    discoveries = []
    for job in configuration.jobs {
      if let index = former.firstIndex(where: { $0.isOf(job) }) {
        discoveries.append(former.remove(at: index))
        continue
      }
      lastDiscovery += 1
      let discovery = LiveDiscovery(
        place: DiscoveryPlace(number: lastDiscovery),
        text: job.discoveryText,
        job.discovery
      )
      discoveries.append(discovery)
      if !discovery.discovery.groups.isEmpty { setTargets(discovery.discovery, now: now) }
    }
    for discovery in former { outbox.append(.forgetDiscovery(discovery.place)) }
  }

  /// Asks the discoveries what is to be done by now.
  func discover(now: Moment) {
    for index in discoveries.indices {
      for action in discoveries[index].discovery.step(now: now) {
        outbox.append(.discover(discoveries[index].place, action))
      }
    }
  }

  /// Takes what came of a discovery's action.
  public func finishDiscovery(_ place: DiscoveryPlace, _ event: DiscoveryEvent, now: Moment) {
    guard let index = discoveries.firstIndex(where: { $0.place == place }) else { return }
    if discoveries[index].discovery.receive(event, now: now) != nil {
      setTargets(discoveries[index].discovery, now: now)
    }
  }

  private func setTargets(_ discovery: JobDiscovery, now: Moment) {
    let groups = discovery.groups.map(\.targetGroup)
    for action in scraper.setTargets(job: discovery.job, groups: groups, now: now) { perform(action, now: now) }
  }

  func perform(_ action: ScrapeAction, now: Moment) {
    switch action {
    case .fetch(let request): outbox.append(.fetch(request))
    case .cancel(let id): outbox.append(.cancelFetch(id))
    case .take(let batch): take(batch, now: now)
    }
  }

  /// Takes what a target answered.
  public func finishFetch(_ id: UInt64, _ result: ScrapeResult, now: Moment) {
    if let batch = scraper.finish(id, result, table: &table, now: now) { take(batch, now: now) }
  }

  private func take(_ batch: SampleBatch, now: Moment) {
    if batch.isEmpty { return }
    do throws(SpoolError) {
      _ = try spool.append(batch)
      noteTaken(batch, now)
      commits.noteAppended(now: now)
    } catch {
      // A target doesn't wait: what disk and memory have no room for is gone, and counted.
      let isDiskFull = error == .full
      counters.limitHits.add(to: isDiskFull ? .disk : .memory)
      spool.recordDroppedOutside(UInt64(batch.sampleCount), reason: isDiskFull ? DropReason.full : DropReason.io)
    }
  }
}

/// The discoveries of a job, as they run.
struct LiveDiscovery {
  let place: DiscoveryPlace
  /// In the words of the model.
  private let text: [Node.Pair]
  var discovery: JobDiscovery

  init(place: DiscoveryPlace, text: [Node.Pair], _ discovery: JobDiscovery) {
    self.place = place
    self.text = text
    self.discovery = discovery
  }

  /// Whether they are the job's in the model now, wherever they stand there.
  func isOf(_ job: AgentConfiguration.Job) -> Bool {
    discovery.job == job.discovery.job && text.count == job.discoveryText.count
      && zip(text, job.discoveryText).allSatisfy { $0.key == $1.key && $0.value.saysTheSame(as: $1.value) }
  }
}

extension Node {
  /// Whether both say the same, in whatever places.
  fileprivate func saysTheSame(as other: Node) -> Bool {
    switch (content, other.content) {
    case (.scalar(let left, let isPlain), .scalar(let right, let isOtherPlain)):
      left == right && isPlain == isOtherPlain
    case (.sequence(let left), .sequence(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.saysTheSame(as: $1) }
    case (.mapping(let left), .mapping(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy { $0.key == $1.key && $0.value.saysTheSame(as: $1.value) }
    case (.scalar, _), (.sequence, _), (.mapping, _): false
    }
  }
}
