/// What a start found in a damaged segment.
struct Reading {
  /// A record that nobody wrote, or one that was read twice.
  var isWrong = false
  var isBalanced = false
  var queued: UInt64 = 0
  var readSamples: UInt64 = 0
  var lostSamples: UInt64 = 0
  /// Records that were written and weren't read, from 0 up.
  var missing: [Int] = []

  /// Rules that hold whatever was hit: nothing wrong, and books that balance to the sample.
  func brokenRule(_ sample: SampleSegment) -> String? {
    if isWrong { return "a record was read that nobody wrote" }
    if !isBalanced { return "the books don't balance, or something is left that can't be read" }
    if readSamples + lostSamples != queued { return "a sample is in no book" }
    return nil
  }

  /// Where a bit is wrong, all that was acknowledged before it is there.
  func brokenRule(flippedAt byte: Int, _ sample: SampleSegment) -> String? {
    missing.first.map { sample.ends[$0] <= byte } ?? false ? "a record before the bit is missing" : nil
  }

  /// Where the file ends early, all that was acknowledged before is there.
  func brokenRule(truncatedTo count: Int, _ sample: SampleSegment) -> String? {
    let whole = sample.ends.count { $0 <= count }
    return missing.first.map { $0 < whole } ?? false ? "a record before the end of the file is missing" : nil
  }
}
