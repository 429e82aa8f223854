import NIOCore

/// The time by which something has to have happened on a connection.
///
/// A later deadline doesn't touch the timer: when it fires too early it is set again. So a connection that is served fast costs no timer
/// at each request.
final class Deadline {
  var expired: (() -> Void)?
  private var time: NIODeadline?
  private var timer: (at: NIODeadline, scheduled: Scheduled<Void>)?

  func set(_ milliseconds: Int64, _ context: ChannelHandlerContext) {
    let time = NIODeadline.now() + .milliseconds(milliseconds)
    self.time = time
    arm(time, context.eventLoop)
  }

  /// Moves the deadline forward to so many milliseconds from now, unless it is earlier already.
  func noLater(_ milliseconds: Int64, _ context: ChannelHandlerContext) {
    let latest = NIODeadline.now() + .milliseconds(milliseconds)
    if let time, time <= latest { return }
    set(milliseconds, context)
  }

  /// Nothing is waited for any more.
  func clear() { time = nil }

  func cancel() {
    time = nil
    timer?.scheduled.cancel()
    timer = nil
    expired = nil
  }

  private func arm(_ time: NIODeadline, _ loop: any EventLoop) {
    if let timer, timer.at <= time { return }
    timer?.scheduled.cancel()
    let scheduled = loop.assumeIsolated().scheduleTask(deadline: time) { [weak self] in
      self?.fire(loop)
      return
    }
    timer = (time, scheduled)
  }

  private func fire(_ loop: any EventLoop) {
    timer = nil
    guard let time else { return }
    if time > .now() { return arm(time, loop) }
    self.time = nil
    expired?()
  }
}
