import Agent
import Threads
import Transport

/// A write request, by its destination and the sender's number.
struct SentRequest: Hashable {
  let destination: Int
  let id: UInt64
}

extension AgentEngine {
  func send(_ request: SendRequest, to destination: Int) {
    let id = request.id
    let sent = SentRequest(destination: destination, id: id)
    if let cut = cutByDrill(destination) {
      sends[sent] = .some(nil)
      return mailbox.post(.sent(destination: destination, id: id, .failure(cut)))
    }
    sends[sent] = network.submit(targets[destination].write(request)) { [mailbox] result in
      mailbox.post(.sent(destination: destination, id: id, result))
    }
  }

  func cancelSend(_ request: SentRequest) {
    if let number = sends.removeValue(forKey: request) ?? nil { network.cancel(number) }
  }

  func probe(_ destination: Int) {
    if cutByDrill(destination) != nil {
      return mailbox.post(.pathProbed(destination: destination, succeeded: false))
    }
    network.probe(targets[destination].probe()) { [mailbox] result in
      let succeeded = if case .success = result { true } else { false }
      mailbox.post(.pathProbed(destination: destination, succeeded: succeeded))
    }
  }

  func checkHealth(_ number: UInt64) {
    if let cut = cutByDrill() { return mailbox.post(.healthChecked(number: number, .failure(cut))) }
    network.submit(targets[0].healthCheck()) { [mailbox] result in
      mailbox.post(.healthChecked(number: number, result))
    }
  }
}

extension SendResult {
  init(_ result: Result<HTTPAnswer, TransportFailure>) {
    switch result {
    case .success(let answer):
      self = .answered(
        status: answer.status,
        headers: answer.headers.map { (name: $0.name, value: $0.value) },
        body: answer.body
      )
    case .failure(let failure): self = .failed(ExchangeFailure(ExchangeFailure.Kind(failure.kind), failure.message))
    }
  }
}

extension ExchangeFailure.Kind {
  fileprivate init(_ kind: TransportFailure.Kind) {
    switch kind {
    case .resolve: self = .resolve
    case .connect, .refusedAddress: self = .connect
    case .timeout: self = .timeout
    case .tls: self = .tls
    case .tooLarge, .cancelled, .other: self = .other
    }
  }
}

extension CheckFailure {
  /// Nothing where the centre said that it is well.
  init?(_ result: Result<HTTPAnswer, TransportFailure>) {
    switch result {
    case .success(let answer):
      if (200..<300).contains(answer.status) { return nil }
      self = .status
    case .failure(let failure):
      switch failure.kind {
      case .timeout: self = .timeout
      case .tls: self = .tls
      case .resolve, .connect, .tooLarge, .cancelled, .refusedAddress, .other: self = .connection
      }
    }
  }
}
