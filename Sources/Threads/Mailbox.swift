import Glibc

/// An inbox whose reader waits for the first message, for a time at most.
public final class Mailbox<Message: Sendable>: Sendable {
  private let inbox: Inbox<Message>
  /// A pipe that has a byte in it while a message waits.
  private let readable: Int32
  private let writable: Int32

  public init() {
    var ends: [Int32] = [-1, -1]
    let status = unsafe pipe(&ends)
    precondition(status == 0, "FATAL: no descriptors for a mailbox")
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    let writable = ends[1]
    inbox = Inbox {
      var byte: UInt8 = 1
      // A pipe that is full wakes as well.
      _ = unsafe write(writable, &byte, 1)
    }
    readable = ends[0]
    self.writable = writable
  }

  deinit {
    close(readable)
    close(writable)
  }

  /// Adds a message to those that wait, from any thread.
  public func post(_ message: Message) { inbox.post(message) }

  /// All messages there are, after waiting for the first one.
  /// - Parameter timeoutMilliseconds: how long at most; `nil` is for ever.
  public func take(timeoutMilliseconds: Int64?) -> [Message] {
    var waited = pollfd(fd: readable, events: Int16(POLLIN), revents: 0)
    let timeout = timeoutMilliseconds.map { Int32(clamping: max($0, 0)) } ?? -1
    if unsafe poll(&waited, 1, timeout) > 0 {
      var bytes: [UInt8] = [0, 0, 0, 0]
      _ = unsafe read(readable, &bytes, bytes.count)
    }
    return inbox.take()
  }
}
