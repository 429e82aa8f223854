import Agent

/// A request between a node and the centre.
struct RequestInFlight {
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
}
