import Model
import Spool

extension AgentCore {
  /// Brings what was appended to the file, or to the disk, as far as that is due; then answers who waited for it.
  func commit(now: Moment) {
    guard let step = commits.due(now: now) else { return }
    do throws(SpoolError) { try commit(step, now: now) } catch {
      commits.noteFailed(now: now)
      if case .full = error { answerWaiting(.full) } else { answerWaiting(.degraded) }
    }
  }

  /// Commits, due or not, and answers who waited for it.
  func commit(_ step: CommitSchedule.Step, now: Moment) throws(SpoolError) {
    try spool.commit(table: table, now: now.wall, synchronizing: step == .synchronize)
    commits.noteDone(step)
    // Before the answers: who is told of everything is told of it first.
    if step == .synchronize { outbox.append(.durable(sequence: spool.acknowledgedSequence)) }
    answerWaiting(.durable)
  }

  /// Why the disk takes nothing; nothing while it does.
  public var diskProblem: String? {
    spool.degraded.map { "\($0.call.rawValue) \($0.name): error \($0.code)" } ?? (spool.isFull ? "it is full" : nil)
  }

  /// Everything that waits is in this commit: the engine takes in before it commits.
  func answerWaiting(_ outcome: WriteOutcome) {
    for write in waiting { answer(write.token, receiver.answer(for: write.summary, outcome: outcome)) }
    waiting.removeAll(keepingCapacity: true)
  }

  func answer(_ token: UInt64, _ answer: WriteAnswer) {
    counters.receiverAnswers.add(to: ReceiverLabel(status: answer.status))
    outbox.append(.answer(token: token, answer))
  }
}
