public import Agent

/// One seed's random numbers, a stream of its own for each purpose: what one part draws never changes what another sees.
public struct RandomStreams: Sendable {
  /// Who draws.
  public enum Purpose: UInt64, Sendable {
    case node = 1, disk, path, centre, schedule, phase
  }

  private let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// - Parameters:
  ///   - index: of the node, where each has its own.
  ///   - generation: how often it was started before.
  public func generator(_ purpose: Purpose, _ index: Int = 0, generation: Int = 0) -> SeededGenerator {
    var generator = SeededGenerator(seed: seed)
    for word in [purpose.rawValue, UInt64(truncatingIfNeeded: index), UInt64(truncatingIfNeeded: generation)] {
      generator = SeededGenerator(seed: generator.next() ^ word &* 0xd6e8_feb8_6659_fd93)
    }
    return generator
  }
}
