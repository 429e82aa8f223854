/// The different lists of label names, as symbols: nearly all series share theirs with others, so a series keeps a number instead of its names.
struct LabelShapes {
  private var names: [UInt32] = []
  private var ends: [UInt32] = []
  private var numbers: [[UInt32]: UInt32] = [:]

  var footprint: Int { (names.capacity + ends.capacity) * 4 + numbers.capacity * 64 }

  func range(_ shape: UInt32) -> Range<Int> {
    let index = Int(shape)
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  @inline(__always) @_lifetime(borrow self)
  func names(_ shape: UInt32) -> Span<UInt32> { names.span.extracting(range(shape)) }

  mutating func intern(_ list: [UInt32]) -> UInt32 {
    if let known = numbers[list] { return known }
    let number = UInt32(ends.count)
    names.append(contentsOf: list)
    ends.append(UInt32(names.count))
    numbers[list] = number
    return number
  }
}
