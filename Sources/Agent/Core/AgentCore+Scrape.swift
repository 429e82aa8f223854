import Model
import Samples
import Spool

extension AgentCore {
  /// Hands the model's jobs to the scraper, and begins to look for their targets. What is still on its way for the former model's
  /// discoveries is broken off.
  func takeJobs(now: Moment) {
    for action in scraper.setJobs(configuration.jobs.map(\.job), now: now) { perform(action, now: now) }
    outbox.append(.forgetDiscoveries(generation: discoveryGeneration))
    discoveryGeneration += 1
    discoveries = configuration.jobs.map(\.discovery)
    for discovery in discoveries where !discovery.groups.isEmpty { setTargets(discovery, now: now) }
  }

  /// Asks the discoveries what is to be done by now.
  func discover(now: Moment) {
    for index in discoveries.indices {
      for action in discoveries[index].step(now: now) {
        outbox.append(.discover(DiscoveryPlace(generation: discoveryGeneration, job: index), action))
      }
    }
  }

  /// Takes what came of a discovery's action.
  package func finishDiscovery(_ place: DiscoveryPlace, _ event: DiscoveryEvent, now: Moment) {
    guard place.generation == discoveryGeneration, discoveries.indices.contains(place.job) else { return }
    if discoveries[place.job].receive(event, now: now) != nil { setTargets(discoveries[place.job], now: now) }
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
  package func finishFetch(_ id: UInt64, _ result: ScrapeResult, now: Moment) {
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
