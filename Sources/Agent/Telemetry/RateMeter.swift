/// How many a second, over the last minute or so: six slices of ten seconds, of which the running one counts too.
public struct RateMeter: Hashable, Sendable {
  private static let sliceLength: Int64 = 10_000
  private static let sliceCount: Int64 = 6

  private var slices = Array(repeating: UInt64(0), count: Int(sliceCount))
  /// The number of the running slice since the clock's zero.
  private var slice: Int64
  /// When counting began, or when the oldest slice that is kept did.
  private let start: Int64

  public init(now: Moment) {
    start = now.monotonic
    slice = now.monotonic / Self.sliceLength
  }

  public mutating func add(_ count: UInt64, now: Moment) {
    advance(to: now)
    slices[Int(slice % Self.sliceCount)] += count
  }

  /// Over at least a second, so that the first events make no burst.
  public mutating func perSecond(now: Moment) -> Double {
    advance(to: now)
    let oldest = max(start, (slice - Self.sliceCount + 1) * Self.sliceLength)
    return Double(slices.reduce(0, +)) * 1000 / Double(max(1000, now.monotonic - oldest))
  }

  private mutating func advance(to now: Moment) {
    let current = max(slice, now.monotonic / Self.sliceLength)
    if current - slice >= Self.sliceCount {
      for index in slices.indices { slices[index] = 0 }
      slice = current
    }
    while slice < current {
      slice += 1
      slices[Int(slice % Self.sliceCount)] = 0
    }
  }
}
