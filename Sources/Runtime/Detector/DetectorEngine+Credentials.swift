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
    let (fetches, problems) = signing.due(now: now)
    for line in problems { log(line) }
    for fetch in fetches {
      network.submit(fetch.request) { [mailbox] in mailbox.post(.keysFetched(region: fetch.region, $0)) }
    }
  }

  func takeKeys(_ region: String, _ result: Result<HTTPAnswer, TransportFailure>, _ now: Moment) {
    if let line = signing.finish(region, result, now: now) { return log(line) }
    requests.sign(signing)
  }
}
