import Glibc
import Synchronization
import Testing

@testable import Threads

@Suite struct ThreadTests {
  private final class Counter: Sendable {
    let count = Atomic(0)
  }

  @Test func joinWaitsForWhatTheThreadDoes() {
    let counter = Counter()
    for expected in 1...20 {
      let thread = Thread("adds one") {
        sched_yield()
        counter.count.add(1, ordering: .relaxed)
      }
      thread.join()
      #expect(counter.count.load(ordering: .relaxed) == expected)
    }
  }

  @Test func aBrokenPipeIsToldByTheCallThatFailed() {
    let failure = atOnce { () -> Int32 in
      var ends: [Int32] = [-1, -1]
      guard unsafe pipe(&ends) == 0 else { return 0 }
      close(ends[0])
      var byte: UInt8 = 1
      let written = unsafe write(ends[1], &byte, 1)
      let problem = errno
      close(ends[1])
      return written == -1 ? problem : 0
    } _: {
      ()
    }
    #expect(failure.0 == EPIPE)
  }

  @Test func atOnceComputesBoth() {
    // Each waits for what the other posts: one after the other would never end, or find nothing.
    let there = Mailbox<Int>()
    let back = Mailbox<Int>()
    let (first, second) = atOnce {
      back.post(1)
      return there.take(timeoutMilliseconds: 10_000)
    } _: {
      there.post(2)
      return back.take(timeoutMilliseconds: 10_000)
    }
    #expect(first == [2])
    #expect(second == [1])
  }
}
