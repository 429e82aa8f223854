import Agent

/// A request between a node and the centre.
struct RequestInFlight {
  let node: Int
  let generation: Int
  let destination: Int
  let request: SendRequest
  let sentAt: Int64
  /// One way, in milliseconds.
  let oneWay: Int64
  /// What the further real requests that it stands for take, in milliseconds.
  let further: Int64
  /// When its sender gives up on it.
  let deadline: Int64
  var result: SendResult?
}
