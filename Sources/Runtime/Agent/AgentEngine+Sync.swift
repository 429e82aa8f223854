import Agent
import Serving
import Threads
import Transport

extension AgentEngine {
  func perform(_ action: SyncAction, of destination: Int) {
    switch action {
    case .survey(let order): syncWorker.post(.survey(destination: destination, order))
    case .read(let order): syncWorker.post(.read(destination: destination, order))
    case .ask(let question): ask(question, destination)
    case .send(let request):
      let id = request.id
      if let cut = cutByDrill(destination) {
        return mailbox.post(.replayed(destination: destination, id: id, .failure(cut)))
      }
      network.submit(targets[destination].write(request)) { [mailbox] result in
        mailbox.post(.replayed(destination: destination, id: id, result))
      }
    }
  }

  private func ask(_ question: CentreQuestion, _ destination: Int) {
    let number = question.number
    guard let request = targets[destination].question(question.form) else {
      return mailbox.post(.asked(destination: destination, number: number, .failed("the centre answers no queries")))
    }
    if let cut = cutByDrill(destination) {
      return mailbox.post(.asked(destination: destination, number: number, .failed(cut.message)))
    }
    network.submit(request) { [mailbox] result in
      let outcome: QuestionResult =
        switch result {
        case .success(let answer): .answered(status: answer.status, body: answer.body)
        case .failure(let failure): .failed(failure.message)
        }
      mailbox.post(.asked(destination: destination, number: number, outcome))
    }
  }

  /// What came of an action that a comparison asked for.
  func takeSync(_ message: EngineMessage, _ now: Moment) {
    switch message {
    case .surveyed(let destination, let survey): core.finishSurvey(destination: destination, survey, now: now)
    case .read(let destination, let batch): core.finishRead(destination: destination, batch, now: now)
    case .asked(let destination, let number, let result):
      core.finishQuestion(destination: destination, number, result, now: now)
    case .replayed(let destination, let id, let result):
      let result = SendResult(result)
      report(result, from: destination)
      core.finishReplay(destination: destination, id, result, now: now)
    default: preconditionFailure("BUG: no message of a comparison")
    }
  }

  /// The answer to `POST /-/sync`: which check is the one that was asked for.
  func requestSync(_ now: Moment) -> ServerAnswer {
    let numbers = core.requestSync(now: now)
    let checks = numbers.enumerated().map { index, number in
      JSONValue.object([
        JSONMember("name", .string(core.destinationName(index))), JSONMember("check", .unsigned(number)),
      ])
    }
    let text = JSONValue.object([JSONMember("queues", .array(checks))]).compact + "\n"
    return ServerAnswer(202, headers: [(name: "content-type", value: "application/json")], body: Array(text.utf8))
  }
}
