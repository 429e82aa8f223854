import Model
import Samples
import Spool

extension AgentCore {
  /// Hands the model's jobs to the scraper, and the targets that they name themselves.
  func takeJobs(now: Moment) {
    let jobs = configuration.jobs
    for action in scraper.setJobs(jobs.map(\.job), now: now) { perform(action, now: now) }
    for job in jobs {
      for action in scraper.setTargets(job: job.job.name, groups: job.staticGroups, now: now) {
        perform(action, now: now)
      }
    }
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
