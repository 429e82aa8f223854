import Agent
import Model

/// What the agent's comparison with the centre needs from its world: somebody who looks through the spool, and a centre that
/// answers queries. What to compare, what lacks and what goes again is the agent's own code.
extension Simulation {
  /// For the thread that looks through the spool, in milliseconds.
  private static let surveyMilliseconds: Int64 = 50

  func perform(_ action: SyncAction, of destination: Int, _ node: SimulatedNode) {
    guard options.comparesWithCentre else { return }
    func errand(_ step: Errand.Step) -> Errand {
      Errand(node: node.index, generation: node.generation, destination: destination, step: step)
    }
    switch action {
    case .survey(let order): plan(errand(.survey(order)), at: now + Self.surveyMilliseconds)
    case .read(let order): plan(errand(.read(order)), at: now + Self.surveyMilliseconds)
    case .send(let request): send(request, destination, node, isReplay: true)
    case .ask(let question):
      let path = paths[node.index]
      if path.partition == .refused || path.isCentreDown {
        let refused = QuestionResult.failed("simulated: connection refused")
        plan(errand(.answer(number: question.number, refused)), at: now + 1)
      } else if path.partition == .silent {
        plan(errand(.answer(number: question.number, .failed("simulated: no answer"))), at: now + timeLimit)
      } else {
        let step = Errand.Step.question(number: question.number, form: question.form)
        plan(errand(step), at: now + path.roundTrip / 2)
      }
    }
  }

  private func plan(_ errand: Errand, at time: Int64) {
    if let number = freeErrands.popLast() {
      errands[number] = errand
      return queue.plan(.errand(number), at: time)
    }
    errands.append(errand)
    queue.plan(.errand(errands.count - 1), at: time)
  }

  /// The next step of an errand is due.
  func goOn(_ number: Int) {
    guard let errand = errands[number] else { return }
    errands[number] = nil
    freeErrands.append(number)
    let node = nodes[errand.node]
    if case .question(let number, let form) = errand.step { return reach(number, form, errand) }
    guard errand.generation == node.generation, let core = node.core, let surveyor = node.surveyor else { return }
    switch errand.step {
    case .survey(let order):
      core.finishSurvey(destination: errand.destination, surveyor.survey(order), now: moment(node))
    case .read(let order): core.finishRead(destination: errand.destination, surveyor.read(order), now: moment(node))
    case .answer(let number, let result):
      core.finishQuestion(destination: errand.destination, number, result, now: moment(node))
    case .question: return
    }
    turn(node)
  }

  /// A question is at the centre.
  private func reach(_ number: UInt64, _ form: [UInt8], _ errand: Errand) {
    let path = paths[errand.node]
    var errand = errand
    if path.isCentreDown || path.partition != nil {
      errand.step = .answer(number: number, .failed("simulated: connection reset"))
      return plan(errand, at: path.partition == .refused || path.isCentreDown ? now + 1 : now + timeLimit)
    }
    for brownOut in path.brownOuts where Double.random(in: 0..<1, using: &nodes[errand.node].random) < brownOut.share {
      errand.step = .answer(number: number, .answered(status: brownOut.status, body: []))
      return plan(errand, at: now + max(path.roundTrip / 2, 1))
    }
    let (status, body) = centre.answer(form)
    errand.step = .answer(number: number, .answered(status: status, body: body))
    plan(errand, at: now + max(path.roundTrip / 2, 1))
  }
}
