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
    let entry = Entry(time: time, number: planned, event: event)
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entry.isBefore(heap[parent]) else { break }
      heap[child] = heap[parent]
      child = parent
    }
    heap[child] = entry
  }

  mutating func next() -> (time: Int64, event: Event)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return (first.time, first.event) }
    // What was last goes down to its place, the earlier of two children up.
    var parent = 0
    while case let left = 2 * parent + 1, left < heap.count {
      let isRight = left + 1 < heap.count && heap[left + 1].isBefore(heap[left])
      let least = isRight ? left + 1 : left
      guard heap[least].isBefore(last) else { break }
      heap[parent] = heap[least]
      parent = least
    }
    heap[parent] = last
    return (first.time, first.event)
  }
}
