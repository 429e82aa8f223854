import Agent
import Threads
import Transport

/// A request of a discovery.
struct Lookup: Hashable {
  let place: DiscoveryPlace
  let ticket: DiscoveryTicket
}

extension AgentEngine {
  func discover(_ place: DiscoveryPlace, _ action: DiscoveryAction) {
    switch action {
    case .readFiles(let query): mailbox.post(.discovered(place, .files(query.ticket, readFiles(query))))
    case .fetch(let lookup): fetch(lookup, place)
    case .stream(let lookup): stream(lookup, place)
    case .cancel(let ticket):
      if let number = lookups.removeValue(forKey: Lookup(place: place, ticket: ticket)) { network.cancel(number) }
    }
  }

  func forgetDiscovery(_ place: DiscoveryPlace) {
    for (lookup, number) in lookups where lookup.place == place {
      network.cancel(number)
      lookups[lookup] = nil
    }
  }

  func takeDiscovery(_ place: DiscoveryPlace, _ event: DiscoveryEvent, _ now: Moment) {
    switch event {
    case .streamStarted, .streamBytes: break
    case .files, .fetched, .streamEnded: lookups[Lookup(place: place, ticket: event.ticket)] = nil
    case .failed(_, let reason):
      lookups[Lookup(place: place, ticket: event.ticket)] = nil
      log(.warning, .discovery, "targets could not be looked up, the last known ones stay", [.init("err", reason)])
    }
    core.finishDiscovery(place, event, now: now)
  }

  private func fetch(_ lookup: DiscoveryRequest, _ place: DiscoveryPlace) {
    var request = HTTPRequest(lookup)
    request.excess = .fail
    request.acceptsGzip = true
    let ticket = lookup.ticket
    lookups[Lookup(place: place, ticket: ticket)] = network.submit(request) { [mailbox] result in
      switch result {
      case .success(let answer):
        let answer = DiscoveryAnswer(
          status: answer.status,
          contentType: answer.header("content-type") ?? "",
          body: answer.body
        )
        mailbox.post(.discovered(place, .fetched(ticket, answer)))
      case .failure(let failure): mailbox.post(.discovered(place, .failed(ticket, reason: failure.message)))
      }
    }
  }

  private func stream(_ lookup: DiscoveryRequest, _ place: DiscoveryPlace) {
    var request = HTTPRequest(lookup)
    let ticket = lookup.ticket
    let start = StreamStart()
    request.chunk = { [mailbox] status, bytes in
      if start.isFirst() { mailbox.post(.discovered(place, .streamStarted(ticket, status: status))) }
      mailbox.post(.discovered(place, .streamBytes(ticket, bytes)))
      return true
    }
    lookups[Lookup(place: place, ticket: ticket)] = network.submit(request) { [mailbox] result in
      switch result {
      case .success(let answer):
        if start.isFirst() { mailbox.post(.discovered(place, .streamStarted(ticket, status: answer.status))) }
        mailbox.post(.discovered(place, .streamEnded(ticket)))
      case .failure(let failure): mailbox.post(.discovered(place, .failed(ticket, reason: failure.message)))
      }
    }
  }
}

extension HTTPRequest {
  fileprivate init(_ lookup: DiscoveryRequest) {
    self.init(
      .get,
      lookup.url,
      headers: lookup.headers.map { (name: $0.name, value: $0.value) },
      timeoutMilliseconds: lookup.timeoutMilliseconds,
      answerByteCountMax: lookup.answerByteCountMax
    )
    authorization = Authorization(lookup.client.authorization)
    tls = TLSSettings(lookup.client.tls)
  }
}
