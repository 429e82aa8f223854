import Synchronization

/// Says once that something begins.
final class StreamStart: Sendable {
  private let hasBegun = Atomic(false)

  func isFirst() -> Bool { !hasBegun.exchange(true, ordering: .relaxed) }
}
