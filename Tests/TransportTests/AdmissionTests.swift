import Testing

@testable import Transport

@Suite struct AdmissionTests {
  private let one = Origin.Server(scheme: "http", host: "one", port: 1)
  private let two = Origin.Server(scheme: "http", host: "two", port: 1)

  @Test func originsTakeTurnsAndKeepTheirOrder() {
    var admission = Admission<Int>(openMax: 100, openPerOriginMax: 100, waitingMax: 100)
    admission.fill([10, 11, 12], one)
    admission.fill([20, 21], two)
    var order: [Int] = []
    while let element = admission.next() { order.append(element) }
    #expect(order == [10, 20, 11, 21, 12])
    #expect(admission.waitingCount == 0)
  }

  @Test func limits() {
    var admission = Admission<Int>(openMax: 3, openPerOriginMax: 2, waitingMax: 6)
    admission.fill(Array(0..<4), one)
    admission.fill([4, 5], two)
    let isTaken = admission.enqueue(6, for: two)
    #expect(!isTaken)
    expectStarted(&admission, [0, 4, 1, nil])
    admission.close(two)
    expectStarted(&admission, [5, nil])
    admission.close(one)
    expectStarted(&admission, [2, nil])
  }

  @Test func removedElementsNeverStart() {
    var admission = Admission<Int>(openMax: 1_000, openPerOriginMax: 1_000, waitingMax: 1_000)
    for element in 0..<500 { admission.fill([element], element % 5 == 0 ? two : one) }
    var order = (0..<100).compactMap { _ in admission.next() }
    let removed = admission.remove { $0 % 2 == 0 }
    while let element = admission.next() { order.append(element) }
    #expect(Set(order).isDisjoint(with: removed))
    #expect((order + removed).sorted() == Array(0..<500))
    #expect(admission.waitingCount == 0)
  }
}

extension Admission<Int> {
  fileprivate mutating func fill(_ elements: [Int], _ origin: Origin.Server) {
    for element in elements {
      let isTaken = enqueue(element, for: origin)
      #expect(isTaken)
    }
  }
}

private func expectStarted(_ admission: inout Admission<Int>, _ expected: [Int?]) {
  let started = expected.map { _ in admission.next() }
  #expect(started == expected)
}
