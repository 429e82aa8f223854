internal import CCurl
internal import Threads

/// The loop itself: everything here happens on one thread.
final class NetworkThread {
  /// How often requests that wait for their turn are asked whether it is too late, in milliseconds.
  private static let waitingCheckInterval = 100
  private static let idleWaitMilliseconds = 60_000
  /// Handles kept for the next requests, about 10 kB each.
  private static let spareCountMax = 32

  private let multi: Multi
  private let letters: Inbox<Letter>
  private let configuration: NetworkLoop.Configuration
  private var admission: Admission<Submission>
  private var open: [UInt64: Transfer] = [:]
  private var spare: [Transfer] = []
  private var credentials = CredentialFiles()
  private let memory: BodyMemory
  private var nextWaitingCheck = 0

  init(_ multi: Multi, _ letters: Inbox<Letter>, _ configuration: NetworkLoop.Configuration) {
    self.multi = multi
    self.letters = letters
    self.configuration = configuration
    admission = Admission(
      openMax: configuration.openMax,
      openPerOriginMax: configuration.openPerOriginMax,
      waitingMax: configuration.waitingMax
    )
    memory = BodyMemory(byteCountMax: configuration.bodiesByteCountMax)
    multi.set(CURLMOPT_MAXCONNECTS, configuration.openMax)
  }

  func run() {
    while handleLetters() {
      startWaiting()
      if !multi.perform() { failAll("libcurl can't go on") }
      reap()
      startWaiting()
      let isAnyWaiting = admission.waitingCount > 0
      let patience = isAnyWaiting ? Self.waitingCheckInterval : Self.idleWaitMilliseconds
      if !multi.wait(milliseconds: patience) { failAll("libcurl can't wait for its connections") }
    }
    end()
  }

  /// Returns false when told to stop.
  private func handleLetters() -> Bool {
    for letter in letters.take() {
      switch letter {
      case .start(let submission): accept(submission)
      case .cancel(let id): cancel(id)
      case .stop: return false
      }
    }
    return true
  }

  private func accept(_ submission: Submission) {
    guard let origin = submission.origin else {
      return submission.fail(.other, "the URL isn't an absolute http or https URL without a user")
    }
    switch submission.purpose {
    // Whether a server can be reached must not depend on how many requests hang on it.
    case .connect: start(submission, isAdmitted: false)
    case .exchange:
      if !admission.enqueue(submission, for: origin.server) {
        submission.fail(.other, "\(configuration.waitingMax) requests are waiting already")
      }
    }
  }

  private func startWaiting() {
    let now = monotonicMilliseconds()
    if admission.waitingCount > 0 && now >= nextWaitingCheck {
      nextWaitingCheck = now + Self.waitingCheckInterval
      for late in admission.remove(where: { $0.deadline <= now }) {
        late.fail(.timeout, "no connection was free within \(late.request.timeoutMilliseconds) ms")
      }
    }
    while let submission = admission.next() { start(submission, isAdmitted: true) }
  }

  private func start(_ submission: Submission, isAdmitted: Bool) {
    let setup = Setup(submission)
    let transfer = takeSpare(for: setup)
    let problem = transfer.prepare(submission, setup, isAdmitted: isAdmitted, configuration, &credentials)
    open[submission.id] = transfer
    if let problem {
      finish(transfer, .failure(problem))
    } else if !multi.add(transfer) {
      finish(transfer, .failure(transfer.failure(.other, "libcurl takes no more requests")))
    }
  }

  /// One that was used for such a request, or a new one, or the one whose last use is longest ago.
  private func takeSpare(for setup: Setup?) -> Transfer {
    if let index = spare.lastIndex(where: { $0.suits(setup) }) { return spare.remove(at: index) }
    return spare.count + open.count < Self.spareCountMax || spare.isEmpty ? Transfer(memory) : spare.removeFirst()
  }

  private func reap() {
    while let (transfer, outcome) = multi.nextDone() {
      let result = transfer.result(of: outcome)
      multi.remove(transfer)
      finish(transfer, result)
    }
  }

  private func cancel(_ id: UInt64) {
    if let transfer = open[id] {
      multi.remove(transfer)
      finish(transfer, .failure(transfer.failure(.cancelled, "cancelled")))
    } else {
      for submission in admission.remove(where: { $0.id == id }) { submission.fail(.cancelled, "cancelled") }
    }
  }

  private func finish(_ transfer: Transfer, _ result: Result<HTTPAnswer, TransportFailure>) {
    let hasAnswer = if case .success = result { true } else { false }
    guard let (submission, origin, isAdmitted) = transfer.reset(keepsSetup: hasAnswer) else { return }
    open[submission.id] = nil
    if isAdmitted { admission.close(origin.server) }
    if spare.count < Self.spareCountMax { spare.append(transfer) }
    submission.completion(result)
  }

  private func failAll(_ words: String) {
    for transfer in open.values {
      multi.remove(transfer)
      finish(transfer, .failure(transfer.failure(.other, words)))
    }
  }

  private func end() {
    for letter in letters.close() {
      if case .start(let submission) = letter { submission.fail(.cancelled, "the network loop is stopped") }
    }
    for submission in admission.remove(where: { _ in true }) {
      submission.fail(.cancelled, "the network loop is stopped")
    }
    for transfer in open.values {
      multi.remove(transfer)
      finish(transfer, .failure(transfer.failure(.cancelled, "the network loop is stopped")))
    }
    spare = []
    multi.destroy()
  }
}
