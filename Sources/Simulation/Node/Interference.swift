package import Agent
package import Spool

/// What stands between the agent's core and its world. A simulation leaves everything as it is; a test of the simulation puts a
/// mistake here, one that the core might have made, and sees whether it is caught.
package struct Interference {
  /// What the spool is given for a disk.
  package var fileSystem: (SimulatedDisk) -> any FileSystem = { $0 }
  /// What a request meets in place of the centre.
  package var meets: (SendRequest) -> SendResult? = { _ in nil }
  /// What the core hears of a request's outcome.
  package var result: (SendRequest, SendResult) -> SendResult = { $1 }
  /// What the core takes for the time.
  package var moment: (Moment) -> Moment = { $0 }
  /// Whether a request to the centre counts as delivered once it is sent.
  package var believesSending = false
  /// Whether a write to the agent is answered before the disk has it.
  package var answersAtOnce = false
  /// What the collector hears of its write.
  package var answer: (WriteAnswer) -> WriteAnswer = { $0 }
  /// The seed of a node's waits.
  package var seed: (UInt64) -> UInt64 = { $0 }
  /// What a start finds on the disk.
  package var found: (SimulatedDisk) -> SimulatedDisk = { $0 }

  package init() {}
}
