/// How many samples waited in a queue, since the start or over the last day: a fixed number of slots of equal length, each with the most that
/// was seen in it.
///
/// The slots begin with a second. When they are used up, two become one, until a slot is 256 s long; from then on the oldest goes.
public struct QueueTrace: Hashable, Sendable {
  /// Milliseconds of a slot at first.
  public static let finestStep: Int64 = 1000
  private static let coarsestStep: Int64 = 256_000
  /// Slots at most: 360 of 256 s are more than a day.
  public static let slotCountMax = 360

  /// The most samples in each slot, the oldest first; the last one is the present.
  public private(set) var peaks: [UInt64] = []
  /// Milliseconds of a slot.
  public private(set) var step = finestStep
  /// When the first slot began, in monotonic milliseconds.
  public private(set) var start: Int64
  private var latest: UInt64 = 0

  public init(start: Int64) { self.start = start }

  /// Takes how many wait now. What was said last holds for the time since then.
  public mutating func add(_ count: UInt64, now: Int64) {
    var slot = max(0, now - start) / step
    while slot >= Int64(Self.slotCountMax), step < Self.coarsestStep {
      halve()
      slot = max(0, now - start) / step
    }
    if slot >= Int64(Self.slotCountMax) {
      let gone = slot - Int64(Self.slotCountMax) + 1
      peaks.removeFirst(Int(min(gone, Int64(peaks.count))))
      start += gone * step
      slot -= gone
    }
    while Int64(peaks.count) <= slot { peaks.append(latest) }
    peaks[peaks.count - 1] = max(peaks[peaks.count - 1], count)
    latest = count
  }

  private mutating func halve() {
    peaks = stride(from: 0, to: peaks.count, by: 2).map { max(peaks[$0], peaks[min($0 + 1, peaks.count - 1)]) }
    step *= 2
  }
}
