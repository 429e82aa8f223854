import Spool

extension AgentCore {
  /// Asks for a comparison of the spool with every destination's centre (`POST /-/sync`).
  /// - Returns: by destination, the number of the check that begins from now on.
  public func requestSync(now: Moment) -> [UInt64] { checks.indices.map { checks[$0].request(now: now) } }

  /// As the model has it.
  public func destinationName(_ index: Int) -> String { senders[index].destination }

  func compare(now: Moment) {
    for index in checks.indices {
      // A refill goes where the backlog goes, after it.
      for action in checks[index].step(isClear: senders[index].isIdle, now: now) {
        outbox.append(.sync(destination: index, action))
      }
    }
  }

  /// Takes what the spool holds.
  public func finishSurvey(destination: Int, _ survey: Survey, now: Moment) {
    checks[destination].finishSurvey(survey, now: now)
  }

  /// Takes what the centre answered.
  public func finishQuestion(destination: Int, _ number: UInt64, _ result: QuestionResult, now: Moment) {
    checks[destination].finishQuestion(number, result, now: now)
  }

  /// Takes samples that were read to be sent again.
  public func finishRead(destination: Int, _ batch: ReplayBatch, now: Moment) {
    checks[destination].finishRead(batch, now: now)
  }

  /// Takes the outcome of a request with samples that went again.
  public func finishReplay(destination: Int, _ id: UInt64, _ result: SendResult, now: Moment) {
    checks[destination].finishReplay(id, result, now: now)
  }
}

extension GapCheck {
  var snapshot: GapSnapshot {
    var snapshot = counts
    snapshot.started = started
    snapshot.report = last
    switch running?.stage {
    case .surveying: snapshot.stage = .surveying
    case .asking: snapshot.stage = .asking
    case .refilling, .settling: snapshot.stage = .refilling
    case nil: break
    }
    return snapshot
  }
}
