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

  @Test func wakesOnceAfterWhatIsPostedTogether() {
    let bell = Bell()
    let inbox = Inbox<Int> { bell.rings.add(1, ordering: .relaxed) }
    inbox.together {
      inbox.post(1)
      // Who looks anyway finds it.
      #expect(inbox.take() == [1])
      inbox.together { inbox.post(2) }
      inbox.post(3)
      #expect(bell.count == 0)
    }
    #expect(bell.count == 1)
    inbox.post(4)
    #expect(bell.count == 1)
    #expect(inbox.take() == [2, 3, 4])
    inbox.together {}
    inbox.together {
      inbox.post(5)
      #expect(inbox.close() == [5])
    }
    #expect(bell.count == 1)
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
