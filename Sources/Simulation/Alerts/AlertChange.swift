package import Model

/// An alert of a node that began to fire, or ended.
package struct AlertChange: Hashable, Sendable {
  /// Milliseconds since the beginning.
  package let time: Int64
  package let alert: LocalAlert
  package let isFiring: Bool
}
