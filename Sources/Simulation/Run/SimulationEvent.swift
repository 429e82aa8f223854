import Agent

/// What can happen. A node is named by its number, a start of its agent by its generation: what was meant for an earlier one is void.
enum SimulationEvent {
  /// The agent starts for the first time.
  case boot(node: Int)
  case wake(node: Int)
  case collect(node: Int)
  /// The collector tries again to hand over what the agent didn't take.
  case write(node: Int)
  /// A request reaches the centre, and is done there.
  case arrive(request: Int)
  case done(request: Int)
  case answer(request: Int)
  case healthAnswer(node: Int, generation: Int, number: UInt64, failure: CheckFailure?)
  case probeAnswer(node: Int, generation: Int, succeeded: Bool)
  /// What a comparison with the centre asked for.
  case errand(Int)
  case begin(fault: Int)
  case end(fault: Int)
  case observe
}
