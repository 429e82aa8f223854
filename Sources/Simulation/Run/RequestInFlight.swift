import Agent

/// A request between a node and the centre.
final class RequestInFlight {
  /// A generation that no node has: nobody waits for the answer.
  static let forgotten = -1

  let node: Int
  /// Which start of the node sent it.
  var generation: Int
  let destination: Int
  let request: SendRequest
  /// Of a comparison with the centre: samples that go again.
  var isReplay = false
  let sentAt: Int64
  /// One way, in milliseconds.
  let oneWay: Int64
  /// What the further real requests that it stands for take, in milliseconds.
  let further: Int64
  /// When its sender gives up on it.
  let deadline: Int64
  var result: SendResult?

  init(
    _ request: SendRequest,
    node: Int,
    generation: Int,
    destination: Int,
    sentAt: Int64,
    oneWay: Int64,
    further: Int64,
    deadline: Int64
  ) {
    self.request = request
    self.node = node
    self.generation = generation
    self.destination = destination
    self.sentAt = sentAt
    self.oneWay = oneWay
    self.further = further
    self.deadline = deadline
  }

  /// The same request, once more.
  func twin() -> RequestInFlight {
    let twin = RequestInFlight(
      request,
      node: node,
      generation: generation,
      destination: destination,
      sentAt: sentAt,
      oneWay: oneWay,
      further: further,
      deadline: deadline
    )
    twin.isReplay = isReplay
    return twin
  }
}
