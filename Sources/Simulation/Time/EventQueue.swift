/// What will happen, soonest first; what is due at the same moment, in the order it was planned. A binary heap.
struct EventQueue<Event> {
  private struct Entry {
    let time: Int64
    let number: UInt64
    let event: Event

    func isBefore(_ other: Entry) -> Bool { time != other.time ? time < other.time : number < other.number }
  }

  private var heap: [Entry] = []
  private var planned: UInt64 = 0

  var nextTime: Int64? { heap.first?.time }

  mutating func plan(_ event: Event, at time: Int64) {
    planned += 1
    heap.append(Entry(time: time, number: planned, event: event))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].isBefore(heap[parent]) else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func next() -> (time: Int64, event: Event)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return (first.time, first.event) }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      let left = 2 * parent + 1
      if left < heap.count, heap[left].isBefore(heap[least]) { least = left }
      if left + 1 < heap.count, heap[left + 1].isBefore(heap[least]) { least = left + 1 }
      if least == parent { break }
      heap.swapAt(parent, least)
      parent = least
    }
    return (first.time, first.event)
  }
}
