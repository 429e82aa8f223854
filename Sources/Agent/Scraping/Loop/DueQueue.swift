/// Who is due next: a heap of moments, each with the stream of a target.
struct DueQueue {
  struct Entry {
    /// Monotonic milliseconds.
    let due: Int64
    let stream: UInt32
    /// Tells a target from a later one that was given the same stream.
    let serial: UInt64
  }

  private var heap: [Entry] = []

  var first: Entry? { heap.first }

  mutating func insert(_ entry: Entry) {
    heap.append(entry)
    var index = heap.count - 1
    while index > 0, heap[index].due < heap[(index - 1) / 2].due {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  /// The first one, if it is due.
  mutating func next(now: Int64) -> Entry? {
    guard let first = heap.first, first.due <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var index = 0
    while true {
      var smallest = index
      for child in [index * 2 + 1, index * 2 + 2] where child < heap.count && heap[child].due < heap[smallest].due {
        smallest = child
      }
      if smallest == index { return first }
      heap.swapAt(index, smallest)
      index = smallest
    }
  }
}
