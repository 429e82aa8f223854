import Agent
import Model
import Threads
import Transport

/// A centre that takes signed requests only would refuse every check that isn't: that would look like a partition.
extension DetectorEngine {
  /// Looks for keys for the centre; those that are there stay.
  func takeSigning(_ model: Configuration, _ now: Moment) {
    for line in signing.look(model, [Destination.centre], now: now) { log(line) }
    requests.sign(signing)
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
    requests.sign(signing)
  }
}
