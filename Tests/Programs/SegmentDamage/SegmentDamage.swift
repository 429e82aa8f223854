import Glibc
import Samples
import Spool
import SpoolTestSupport

/// Damages a segment of 64 KiB in every way that one bit or one length can be wrong, and starts a queue on each.
///
///     SegmentDamage flips|truncations sealed|unsealed PART PARTS
///
/// Takes each case whose number, divided by PARTS, leaves PART. Writes a line of counts for a checker to judge; a case that breaks a
/// rule which holds whatever was hit ends the program with a line that names it.
@main struct SegmentDamage {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 4, let part = Int(arguments[3]), let parts = Int(arguments[4]), parts > 0 else {
      stop("usage: SegmentDamage flips|truncations sealed|unsealed PART PARTS")
    }
    let isSealed = arguments[2] == "sealed"
    do {
      let sample = try SampleSegment(isSealed: isSealed)
      let definitions = sample.definitions
      let isFlipping = arguments[1] == "flips"
      var tally = Tally()
      let caseCount = isFlipping ? sample.bytes.count * 8 : sample.bytes.count + 1
      for number in stride(from: part, to: caseCount, by: parts) {
        let damaged = isFlipping ? sample.flipped(number) : sample.truncated(number)
        let reading = try sample.read(damaged)
        if let rule = reading.brokenRule(sample) { stop("case \(number): \(rule): \(reading)") }
        let rule =
          isFlipping
          ? reading.brokenRule(flippedAt: number / 8, sample) : reading.brokenRule(truncatedTo: number, sample)
        if let rule { stop("case \(number): \(rule): \(reading)") }
        tally.note(reading, sample, isDefinition: isFlipping && definitions.contains { $0.contains(number / 8) })
      }
      print(
        "cases=\(tally.cases) definitions=\(tally.definitionCases) bytes=\(sample.bytes.count) records=\(sample.values.count) whole=\(tally.whole) "
          + "lostRecordsMax=\(tally.lostRecordsMax) beyondStreamMax=\(tally.otherStreamMax)"
      )
    } catch { stop("a start failed: \(error)") }
  }

  static func stop(_ message: String) -> Never {
    print(message)
    exit(1)
  }
}

/// What all cases together came to.
struct Tally {
  var cases = 0
  /// Cases that lost nothing.
  var whole = 0
  var lostRecordsMax = 0
  /// Cases that hit a definitions record.
  var definitionCases = 0
  /// The most records that another case lost of streams other than that of the first record it lost.
  var otherStreamMax = 0

  mutating func note(_ reading: Reading, _ sample: SampleSegment, isDefinition: Bool) {
    cases += 1
    if isDefinition { definitionCases += 1 }
    if reading.missing.isEmpty {
      whole += 1
      return
    }
    lostRecordsMax = max(lostRecordsMax, reading.missing.count)
    if isDefinition { return }
    let hit = sample.streams[reading.missing[0]]
    otherStreamMax = max(otherStreamMax, reading.missing.count { sample.streams[$0] != hit })
  }
}
