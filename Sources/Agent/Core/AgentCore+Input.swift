import Model
import Samples
import Spool

extension AgentCore {
  /// Takes a remote-write request. Its answer comes as an action, when what it brought is safe.
  /// - Parameters:
  ///   - token: names the request in the answer.
  ///   - headers: by name in lower case.
  public func receive(token: UInt64, headers: (String) -> String?, body: [UInt8], now: Moment) {
    switch receiver.receive(headers: headers, body: body, table: &table, now: now) {
    case .refused(let refusal): answer(token, refusal)
    case .taken(let batch, let summary):
      do throws(SpoolError) {
        let end = try spool.append(batch)
        counters.received += UInt64(batch.sampleCount)
        noteTaken(batch, now)
        if !batch.isEmpty { commits.noteAppended(now: now) }
        if batch.isEmpty {
          answer(token, receiver.answer(for: summary, outcome: .durable))
        } else {
          waiting.append(WaitingWrite(token: token, end: end, summary: summary))
        }
      } catch {
        answer(token, receiver.answer(for: summary, outcome: error == .full ? .full : .degraded))
      }
    }
  }

  /// Takes the outcome of a request to a destination.
  public func finishSend(destination: Int, _ id: UInt64, _ result: SendResult, now: Moment) {
    let sender = senders[destination]
    let before = sender.settledSamples
    sender.finish(id, result, spool, now: now)
    let settled = sender.settledSamples - before
    counters.destinations[destination].requests.add(to: RequestLabel(status: result.status))
    counters.destinations[destination].delivered.add(UInt64(settled), now: now)
    // The detector watches the way to the centre.
    if destination == Self.centre { report(Evidence(result, settledSampleCount: UInt64(settled)), now: now) }
  }

  public func finishPathProbe(destination: Int, succeeded: Bool, now: Moment) {
    counters.destinations[destination].probes.add(to: succeeded ? .success : .failure)
    if succeeded {
      senders[destination].pathProbeSucceeded(now: now)
    } else {
      senders[destination].pathProbeFailed(now: now)
    }
  }

  /// Takes the outcome of a health check: nothing where it was good.
  public func finishHealthCheck(_ number: UInt64, failure: CheckFailure?, now: Moment) {
    if let failure { return report(.checkFailed(number: number, failure), now: now) }
    report(.checkSucceeded(number: number, isWaiting: senders[Self.centre].hasSendable), now: now)
  }

  func noteTaken(_ batch: borrowing SampleBatch, _ now: Moment) {
    counters.taken.add(UInt64(batch.sampleCount), now: now)
    if let newest = batch.timestamps.last, newest > counters.newestTaken ?? .min { counters.newestTaken = newest }
  }

  private func report(_ evidence: Evidence, now: Moment) {
    for event in detector.handle(evidence, now: now) { outbox.append(.event(event)) }
  }
}

extension SendResult {
  /// Of the answer; nothing where none came.
  fileprivate var status: Int? { if case .answered(let status, _, _) = self { status } else { nil } }
}
