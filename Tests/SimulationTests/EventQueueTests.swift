import Agent
import Testing

@testable import Simulation

/// The clock of all simulations: nothing may come early, and what is due at once comes in the order it was planned.
@Suite struct EventQueueTests {
  @Test func soonestFirst() {
    var queue = EventQueue<String>()
    #expect(queue.nextTime == nil)
    #expect(queue.next() == nil)
    queue.plan("late", at: 30)
    queue.plan("soon", at: -5)
    queue.plan("later", at: 40)
    queue.plan("middle", at: 10)
    #expect(queue.nextTime == -5)
    var order: [String] = []
    while let (_, event) = queue.next() { order.append(event) }
    #expect(order == ["soon", "middle", "late", "later"])
    #expect(queue.nextTime == nil)
  }

  @Test func atOneMomentInTheOrderOfPlanning() {
    var queue = EventQueue<Int>()
    for number in 0..<100 { queue.plan(number, at: 7) }
    var order: [Int] = []
    while let (time, event) = queue.next() {
      #expect(time == 7)
      order.append(event)
    }
    #expect(order == Array(0..<100))
  }

  /// Against a sorted array, with planning and taking in any order.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func likeASortedArray(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var queue = EventQueue<Int>()
    var array: [(time: Int64, event: Int)] = []
    for number in 0..<2000 {
      if Int.random(in: 0..<3, using: &random) > 0 || array.isEmpty {
        let time = Int64.random(in: -50...50, using: &random)
        queue.plan(number, at: time)
        // Behind all that are due at the same time.
        let place = array.firstIndex { $0.time > time } ?? array.count
        array.insert((time, number), at: place)
      } else {
        let expected = array.removeFirst()
        let next = queue.next()
        #expect(next?.time == expected.time && next?.event == expected.event, "seed \(seed), event \(number)")
      }
      #expect(queue.nextTime == array.first?.time, "seed \(seed), event \(number)")
    }
  }
}
