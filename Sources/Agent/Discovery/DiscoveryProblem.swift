/// Why what was found can't be used.
package struct DiscoveryProblem: Error, Hashable, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
