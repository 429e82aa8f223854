/// Why what was found can't be used.
public struct DiscoveryProblem: Error, Hashable, Sendable {
  public let message: String

  public init(_ message: String) { self.message = message }
}
