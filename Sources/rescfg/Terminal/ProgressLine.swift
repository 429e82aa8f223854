/// `137/1000 environments` on a terminal's standard error, rewritten in place. Nothing where there is no terminal.
struct ProgressLine {
  private let total: Int
  private let isShown: Bool
  private var done = 0
  private var isOpen = false
  /// Terminals are slow: a line for each percent is enough.
  private let step: Int

  init(total: Int, isQuiet: Bool) {
    self.total = total
    step = max(1, total / 100)
    isShown = !isQuiet && total > 1 && StandardStream.error.isTerminal
  }

  mutating func advance() {
    done += 1
    guard isShown, done % step == 0 || done == total else { return }
    StandardStream.error.tell("\r\(done)/\(total) environments")
    isOpen = true
  }

  mutating func end() {
    if isOpen { StandardStream.error.tell("\n") }
    isOpen = false
  }
}
