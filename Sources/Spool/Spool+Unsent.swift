/// How much waits for a destination, and since when.
public struct Unsent: Hashable, Sendable {
  public var byteCount = 0
  /// Milliseconds since 1970; nothing where all is settled.
  public var oldest: Int64?
}

extension Spool {
  /// By the place of the oldest open record in its segment, as if that had been written at an even pace: no file is read for it.
  public func unsent(_ destination: String) -> Unsent? {
    guard let done = place(of: destination).map({ destinations[$0].cursor.done }) else { return nil }
    var unsent = Unsent()
    for segment in segments where segment.endSequence > max(done, segment.firstSequence) {
      let count = Double(segment.endSequence - segment.firstSequence)
      let share = done > segment.firstSequence ? Double(done - segment.firstSequence) / count : 0
      unsent.byteCount += Int(Double(segment.byteCount) * (1 - share))
      if unsent.oldest == nil, segment.created > 0 {
        unsent.oldest = segment.created + Int64(Double(max(segment.lastWrite - segment.created, 0)) * share)
      }
    }
    return unsent
  }
}
