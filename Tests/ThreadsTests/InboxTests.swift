import Synchronization
import Testing

@testable import Threads

@Suite struct InboxTests {
  private final class Bell: Sendable {
    let rings = Atomic(0)
    var count: Int { rings.load(ordering: .relaxed) }
  }

  @Test func wakesOnceForWhatIsTakenTogether() {
    let bell = Bell()
    let inbox = Inbox<Int> { bell.rings.add(1, ordering: .relaxed) }
    inbox.post(1)
    inbox.post(2)
    #expect(bell.count == 1)
    #expect(inbox.take() == [1, 2])
    #expect(inbox.take().isEmpty)
    inbox.post(3)
    #expect(bell.count == 2)
  }

  @Test func takesNothingOnceClosed() {
    let bell = Bell()
    let inbox = Inbox<Int> { bell.rings.add(1, ordering: .relaxed) }
    #expect(inbox.post(1))
    #expect(inbox.close() == [1])
    #expect(!inbox.post(2))
    #expect(inbox.take().isEmpty)
    #expect(bell.count == 1)
  }
}
