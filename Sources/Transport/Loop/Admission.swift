/// Who may start: first in, first out for each origin, origins in turn, so that a server that hangs delays its own requests only.
struct Admission<Element> {
  private struct Lane {
    var elements: [Element] = []
    /// Of the elements, those before it have left.
    var head = 0
    var isEmpty: Bool { head == elements.count }

    mutating func next() -> Element {
      defer {
        head += 1
        if head >= 64 && head * 2 >= elements.count {
          elements.removeSubrange(..<head)
          head = 0
        }
      }
      return elements[head]
    }
  }

  private let openMax: Int
  private let openPerOriginMax: Int
  private let waitingMax: Int
  private var openCount = 0
  private var openByOrigin: [Origin.Server: Int] = [:]
  private var lanes: [Origin.Server: Lane] = [:]
  /// Origins that have a lane; whose turn it was is at the end.
  private var turns: [Origin.Server] = []
  private(set) var waitingCount = 0

  init(openMax: Int, openPerOriginMax: Int, waitingMax: Int) {
    self.openMax = openMax
    self.openPerOriginMax = openPerOriginMax
    self.waitingMax = waitingMax
  }

  /// Returns false where too many are waiting already.
  mutating func enqueue(_ element: Element, for origin: Origin.Server) -> Bool {
    guard waitingCount < waitingMax else { return false }
    if lanes[origin] == nil { turns.append(origin) }
    lanes[origin, default: Lane()].elements.append(element)
    waitingCount += 1
    return true
  }

  /// The next one that may start now; it counts as open until `close`.
  mutating func next() -> Element? {
    guard openCount < openMax else { return nil }
    let free = turns.firstIndex { openByOrigin[$0, default: 0] < openPerOriginMax }
    guard let free, let index = lanes.index(forKey: turns[free]) else { return nil }
    let origin = turns.remove(at: free)
    let element = lanes.values[index].next()
    if lanes.values[index].isEmpty { lanes.remove(at: index) } else { turns.append(origin) }
    openCount += 1
    openByOrigin[origin, default: 0] += 1
    waitingCount -= 1
    return element
  }

  mutating func close(_ origin: Origin.Server) {
    guard let count = openByOrigin[origin] else { preconditionFailure("BUG: closed what wasn't open") }
    openCount -= 1
    openByOrigin[origin] = count > 1 ? count - 1 : nil
  }

  /// Takes those out of the lanes that `isGone` says, in the order of their lanes.
  mutating func remove(where isGone: (Element) -> Bool) -> [Element] {
    guard waitingCount > 0 else { return [] }
    var removed: [Element] = []
    for origin in turns {
      guard var lane = lanes[origin] else { continue }
      let waiting = lane.elements[lane.head...]
      removed += waiting.filter(isGone)
      lane.elements = waiting.filter { !isGone($0) }
      lane.head = 0
      lanes[origin] = lane.isEmpty ? nil : lane
    }
    turns.removeAll { lanes[$0] == nil }
    waitingCount -= removed.count
    return removed
  }
}
