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
    let problems = signing.renew(over: network, now: now) { [mailbox] region, result in
      mailbox.post(.keysFetched(region: region, result))
    }
    for line in problems { log(line) }
  }

  func takeKeys(_ region: String, _ result: Result<HTTPAnswer, TransportFailure>, _ now: Moment) {
    if let line = signing.finish(region, result, now: now) { return log(line) }
    sign()
  }

  private func sign() {
    for index in targets.indices { signing.sign(&targets[index]) }
  }
}
