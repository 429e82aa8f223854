import Agent
import Model
import Threads
import Transport

extension AgentEngine {
  /// Looks for keys for every destination that signs; those that are there stay.
  func takeSigning(_ model: Configuration, _ now: Moment) {
    for line in signing.look(model, model.destinationNames, now: now) { log(line) }
    sign()
  }

  /// Fetches what is due.
  func renewKeys(_ now: Moment) {
    let (fetches, problems) = signing.due(now: now)
    for line in problems { log(line) }
    for fetch in fetches {
      network.submit(fetch.request) { [mailbox] in mailbox.post(.keysFetched(region: fetch.region, $0)) }
    }
  }

  func takeKeys(_ region: String, _ result: Result<HTTPAnswer, TransportFailure>, _ now: Moment) {
    if let line = signing.finish(region, result, now: now) { return log(line) }
    sign()
  }

  private func sign() {
    for index in targets.indices { signing.sign(&targets[index]) }
  }
}
