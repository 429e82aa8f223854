public import Model

/// An alert of a node that began to fire, or ended.
public struct AlertChange: Hashable, Sendable {
  /// Milliseconds since the beginning.
  public let time: Int64
  public let alert: LocalAlert
  public let isFiring: Bool
}
