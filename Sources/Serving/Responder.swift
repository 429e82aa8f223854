import Synchronization

/// The one answer to a request. May be given from any thread, at any time; later ones are ignored.
///
/// A responder that is dropped without an answer answers 500: a client isn't left to wait for what was forgotten.
public struct Responder: Sendable {
  private let pending: PendingAnswer

  /// `deliver` is called once, on the thread that answers.
  public init(_ deliver: @escaping @Sendable (ServerAnswer) -> Void) { pending = PendingAnswer(deliver) }

  public func reply(_ answer: ServerAnswer) { pending.settle(answer) }
}

private final class PendingAnswer: Sendable {
  private let isSettled = Atomic(false)
  private let deliver: @Sendable (ServerAnswer) -> Void

  init(_ deliver: @escaping @Sendable (ServerAnswer) -> Void) { self.deliver = deliver }

  deinit { settle(.text(500, "no answer to this request")) }

  func settle(_ answer: ServerAnswer) {
    if !isSettled.exchange(true, ordering: .acquiringAndReleasing) { deliver(answer) }
  }
}
