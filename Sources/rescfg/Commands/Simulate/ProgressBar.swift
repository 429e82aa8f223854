/// How far something is, on a terminal's standard error, rewritten in place. Nothing where there is no terminal.
struct ProgressBar {
  private static let width = 40
  private let name: String
  private let isShown: Bool
  private var isOpen = false

  init(_ name: String) {
    self.name = name
    isShown = StandardStream.error.isTerminal
  }

  /// - Parameter share: from 0 to 1.
  mutating func show(_ share: Double) {
    guard isShown else { return }
    let full = Int(share * Double(Self.width))
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: Self.width - full)
    StandardStream.error.tell("\r\(name) [\(bar)] \(Int(share * 100)) %")
    isOpen = true
  }

  mutating func end() {
    if isOpen { StandardStream.error.tell("\n") }
    isOpen = false
  }
}
