import Testing

@testable import Threads

@Suite struct MailboxTests {
  @Test func keepsTheOrderOfEachSender() {
    let mailbox = Mailbox<(Int, Int)>()
    let threads = 4
    let count = 5000
    for sender in 0..<threads {
      _ = Thread("sender") { for number in 0..<count { mailbox.post((sender, number)) } }
    }
    var next = [Int](repeating: 0, count: threads)
    var received = 0
    while received < threads * count {
      for (sender, number) in mailbox.take(timeoutMilliseconds: 10_000) {
        #expect(next[sender] == number)
        next[sender] = number + 1
        received += 1
      }
    }
    #expect(mailbox.take(timeoutMilliseconds: 0).isEmpty)
  }

  @Test func doesNotWaitLongerThanItIsTold() {
    let mailbox = Mailbox<Int>()
    #expect(mailbox.take(timeoutMilliseconds: 1).isEmpty)
    mailbox.post(1)
    #expect(mailbox.take(timeoutMilliseconds: nil) == [1])
  }
}
