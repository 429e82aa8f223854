import Document
import Spool

/// What `queue ls` prints.
struct QueueListing {
  let inspection: SpoolInspection
  /// The process that has the directory, 0 where nobody says which.
  let holder: Int?

  var text: String {
    var segments = TextTable(["SEGMENT", "FROM", "TO", "SIZE", "RECORDS", "SAMPLES", "STATE"], right: [3, 4, 5])
    for segment in inspection.segments {
      segments.add([
        segment.name, segment.timeRange.map { TimeText.spelled($0.lowerBound) } ?? "-",
        segment.timeRange.map { TimeText.spelled($0.upperBound) } ?? "-", TreeListing.size(segment.byteCount),
        String(segment.records), String(segment.samples), Self.state(segment),
      ])
    }
    var destinations = TextTable(
      ["DESTINATION", "NEXT RECORD", "COLLECTED", "DELIVERED", "REJECTED", "DROPPED", "QUEUED"],
      right: [1, 2, 3, 4, 5, 6]
    )
    for destination in inspection.destinations {
      let ledger = destination.ledger
      destinations.add([
        destination.isLost ? destination.name + " (cursor lost)" : destination.name, String(ledger.done),
        String(ledger.collected), String(ledger.delivered), String(ledger.rejected.values.reduce(0, +)),
        String(ledger.dropped.values.reduce(0, +)), String(ledger.queued),
      ])
    }
    return segments.text + "\n" + (inspection.destinations.isEmpty ? "no destinations\n" : destinations.text) + "\n"
      + total
  }

  private var total: String {
    let count = inspection.segments.count
    let samples = inspection.segments.reduce(0) { $0 + $1.samples }
    let size = TreeListing.size(inspection.byteCount)
    var line = "\(count) segment\(count == 1 ? "" : "s"), \(size), \(samples) samples"
    if samples > 0 { line += ", \(Self.ratio(inspection.byteCount, samples)) bytes a sample" }
    line += holder.map { $0 > 0 ? "; in use by process \($0)" : "; in use" } ?? "; not in use"
    for file in inspection.newer {
      line += "\n\(file.name) is of a later version, for readers of format \(file.readerVersion) on"
    }
    return line + "\n"
  }

  private static func ratio(_ bytes: Int, _ samples: UInt64) -> String {
    let hundredths = (UInt64(bytes) * 100 + samples / 2) / samples
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  private static func state(_ segment: SegmentSummary) -> String {
    var words = [segment.isSealed ? "sealed" : "open"]
    if segment.damage.places > 0 { words.append("damaged: \(segment.damage.places)") }
    if segment.damage.mendedChunks > 0 { words.append("mendable: \(segment.damage.mendedChunks)") }
    if segment.damage.unreadablePages > 0 { words.append("unreadable") }
    return words.joined(separator: ", ")
  }

  /// For programs.
  var tree: Tree<Never> {
    [
      "segments": .sequence(inspection.segments.map(Self.tree)),
      "destinations": .sequence(inspection.destinations.map(Self.tree)),
      "total": [
        "segments": .integer(.known(inspection.segments.count)), "bytes": .integer(.known(inspection.byteCount)),
        "records": .count(inspection.segments.reduce(0) { $0 + $1.records }),
        "samples": .count(inspection.segments.reduce(0) { $0 + $1.samples }),
      ],
      "foreign_files": .strings(inspection.foreignFiles),
      "newer_files": .strings(inspection.newer.map(\.name)),
      "holder": holder.map { .integer(.known($0)) } ?? .null,
    ]
  }

  private static func tree(_ segment: SegmentSummary) -> Tree<Never> {
    [
      "name": .text(Text(segment.name)), "number": .count(segment.number), "bytes": .integer(.known(segment.byteCount)),
      "records": .count(segment.records), "samples": .count(segment.samples),
      "from": .time(segment.timeRange?.lowerBound), "to": .time(segment.timeRange?.upperBound),
      "sealed": .boolean(.known(segment.isSealed)),
      "damage": [
        "places": .integer(.known(segment.damage.places)), "mendable": .integer(.known(segment.damage.mendedChunks)),
        "unreadable_pages": .integer(.known(segment.damage.unreadablePages)),
        "torn_tail": .boolean(.known(segment.damage.tornTails > 0)),
      ],
    ]
  }

  private static func tree(_ destination: DestinationSummary) -> Tree<Never> {
    let ledger = destination.ledger
    return [
      "name": .text(Text(destination.name)), "cursor_lost": .boolean(.known(destination.isLost)),
      "next_record": .count(ledger.done), "collected": .count(ledger.collected), "delivered": .count(ledger.delivered),
      "rejected": .counts(ledger.rejected), "dropped": .counts(ledger.dropped), "queued": .count(ledger.queued),
      "balanced": .boolean(.known(ledger.isBalanced)),
    ]
  }
}

extension Tree where H == Never {
  static func count(_ value: UInt64) -> Tree { .integer(.known(Int(clamping: value))) }

  /// Milliseconds since 1970, as remote write has them.
  static func time(_ milliseconds: Int64?) -> Tree { milliseconds.map { .integer(.known(Int($0))) } ?? .null }

  static func counts(_ counts: [String: UInt64]) -> Tree {
    .mapping(counts.sorted { $0.key < $1.key }.map { Entry($0.key, .count($0.value)) })
  }
}
