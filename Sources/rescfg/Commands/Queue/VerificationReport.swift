import Document
import Model
import Spool

/// What `queue verify` prints.
struct VerificationReport {
  let findings: [Finding]
  let totals: VerificationTotals

  var text: String { findings.map(Self.text).joined() }

  func summary(_ directory: String) -> String {
    let bad = findings.count { !$0.isNote }
    let what = bad == 0 ? "nothing wrong" : "\(bad) finding\(bad == 1 ? "" : "s")"
    let lost = totals.lostSamples == 0 ? "" : ", \(totals.lostSamples) samples lost"
    return "\(directory): \(what) in \(totals.segments) segments, \(TreeListing.size(totals.byteCount)): "
      + "\(totals.records) records, \(totals.samples) samples\(lost)\n"
  }

  private static func text(_ finding: Finding) -> String {
    var lines = [finding.file]
    if let range = finding.range { lines[0] += ":\(range.lowerBound)-\(range.upperBound - 1)" }
    lines[0] += ": \(finding.isNote ? "note" : "damage")[\(finding.kind.rawValue)]: \(sentence(finding))"
    if finding.places > 1 { lines[0] += ", and at \(finding.places - 1) more places" }
    if let cost = cost(finding) { lines.append("  cost: \(cost)") }
    if !finding.isNote || finding.repair != .nothing { lines.append("  repair: \(repair(finding))") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func sentence(_ finding: Finding) -> String {
    switch finding.kind {
    case .mendable: "these bytes don't hold, and parity or a checksum has them"
    case .damaged: "these bytes don't hold, and more is hit than parity gives back"
    case .damagedHeader: "the segment's header doesn't hold; its records say the same"
    case .missing: "records are missing, by the numbers of those that are here"
    case .malformed: "the checksum holds and the content is none of this format's"
    case .wrongSeal: "the seal counts other records than there are"
    case .unreadable: "can't be read"
    case .newerFormat: "written by a later version, for readers of format \(finding.readerVersion ?? 0) on"
    case .damagedSlot: "one of the cursor's two slots doesn't hold; the other one rules"
    case .lostCursor: "no slot of the cursor can be used: the destination would get everything again"
    case .cursorAhead: "the cursor knows records that no file has, as after a power cut"
    case .cursorBehind: "the cursor waits for segments that are gone; a start counts them as dropped"
    case .tornTail:
      finding.isNote ? "the file ends within a record, as one does that is being written" : "the file is cut short"
    case .empty: "no record in it"
    case .unknownRecords: "records of a kind that a later version brought, which are skipped"
    case .foreign: "none of the queue's files; it is left alone"
    }
  }

  private static func cost(_ finding: Finding) -> String? {
    let cost = finding.cost
    if cost.samples == 0, cost.records == 0 { return finding.isNote ? nil : "nothing" }
    var parts: [String] = []
    if cost.records > 0 { parts.append("\(cost.records) record\(cost.records == 1 ? "" : "s")") }
    parts.append("\(cost.samples) sample\(cost.samples == 1 ? "" : "s")")
    if let range = cost.timeRange {
      parts.append("from \(TimeText.spelled(range.lowerBound)) to \(TimeText.spelled(range.upperBound))")
    }
    if cost.seriesCount > 0 {
      let examples = cost.examples.map(seriesText).joined(separator: ", ")
      parts.append("of up to \(cost.seriesCount) series, such as \(examples)")
    }
    return parts.joined(separator: ", ")
  }

  private static func seriesText(_ labels: [(name: [UInt8], value: [UInt8])]) -> String {
    SeriesText(labels).metricText.shown
  }

  private static func repair(_ finding: Finding) -> String {
    switch finding.repair {
    case .mend: "writes them back"
    case .rewriteCursor: "writes the slot anew"
    case .nothing: "nothing to write back; what can be read stays"
    }
  }

  /// For programs.
  var tree: Tree<Never> {
    [
      "findings": .sequence(findings.map(Self.tree)),
      "total": [
        "segments": .integer(.known(totals.segments)), "bytes": .integer(.known(totals.byteCount)),
        "records": .count(totals.records), "samples": .count(totals.samples),
        "lost_samples": .count(totals.lostSamples),
      ],
    ]
  }

  private static func tree(_ finding: Finding) -> Tree<Never> {
    [
      "kind": .text(Text(finding.kind.rawValue)), "severity": finding.isNote ? "note" : "damage",
      "file": .text(Text(finding.file)), "offset": finding.range.map { .integer(.known($0.lowerBound)) } ?? .null,
      "bytes": finding.range.map { .integer(.known($0.count)) } ?? .null,
      "places": .integer(.known(finding.places)), "message": .text(Text(sentence(finding))),
      "cost": [
        "records": .count(finding.cost.records), "samples": .count(finding.cost.samples),
        "from": .time(finding.cost.timeRange?.lowerBound), "to": .time(finding.cost.timeRange?.upperBound),
        "series": .integer(.known(finding.cost.seriesCount)),
        "examples": .strings(finding.cost.examples.map { SeriesText($0).metricText }),
      ],
      "repair": .text(Text(finding.repair.rawValue)),
    ]
  }
}
