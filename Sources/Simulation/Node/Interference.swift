public import Agent
public import Spool

/// What stands between the agent's core and its world. A simulation leaves everything as it is; a test of the simulation puts a
/// mistake here, one that the core might have made, and sees whether it is caught.
public struct Interference {
  /// What the spool is given for a disk.
  public var fileSystem: (SimulatedDisk) -> any FileSystem = { $0 }
  /// What a request meets in place of the centre.
  public var meets: (SendRequest) -> SendResult? = { _ in nil }
  /// What the core hears of a request's outcome.
  public var result: (SendRequest, SendResult) -> SendResult = { $1 }
  /// What the core takes for the time.
  public var moment: (Moment) -> Moment = { $0 }
  /// Whether a request to the centre counts as delivered once it is sent.
  public var believesSending = false
  /// Whether a write to the agent is answered before the disk has it.
  public var answersAtOnce = false
  /// What the collector hears of its write.
  public var answer: (WriteAnswer) -> WriteAnswer = { $0 }
  /// The seed of a node's waits.
  public var seed: (UInt64) -> UInt64 = { $0 }
  /// What a start finds on the disk.
  public var found: (SimulatedDisk) -> SimulatedDisk = { $0 }

  public init() {}
}
