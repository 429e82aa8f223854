import Samples

/// What `verify` has seen, beside its findings.
public struct VerificationTotals: Hashable {
  public var segments = 0
  public var byteCount = 0
  /// Records and samples that can be read.
  public var records: UInt64 = 0
  public var samples: UInt64 = 0
  public var lostSamples: UInt64 = 0
}

extension SpoolInspection {
  /// Checks every byte of the directory: checksums, order, what the records say of each other, the books of every destination.
  /// - Parameter report: takes the findings, in the order of the files.
  public func verify(_ report: (Finding) -> Void) -> VerificationTotals {
    var totals = VerificationTotals()
    for file in newer {
      var finding = Finding(.newerFormat, file.name)
      finding.readerVersion = file.readerVersion
      report(finding)
    }
    for index in infos.indices {
      let next = index + 1 < infos.count ? infos[index + 1] : nil
      var verification = SegmentVerification(infos[index], next: next)
      verification.run(fileSystem)
      totals.segments += 1
      totals.byteCount += infos[index].byteCount
      totals.records += verification.records
      totals.samples += verification.samples
      for finding in verification.findings {
        totals.lostSamples += finding.cost.samples
        report(finding)
      }
    }
    verifyCursors(report)
    for name in foreignFiles { report(Finding(.foreign, name)) }
    return totals
  }

  private func verifyCursors(_ report: (Finding) -> Void) {
    let end = infos.last?.endSequence ?? 1
    for destination in destinations {
      let reading = CursorReading(fileSystem, destination.name)
      if destination.isLost {
        report(Finding(reading.readFailure == nil ? .lostCursor : .unreadable, reading.name))
        continue
      }
      for offset in reading.damagedOffsets {
        report(Finding(.damagedSlot, reading.name, offset..<offset + CursorSlot.byteCount, repair: .rewriteCursor))
      }
      if destination.cursor.highestSettled.sequence > end { report(Finding(.cursorAhead, reading.name)) }
      if destination.goneSamples > 0 {
        var finding = Finding(.cursorBehind, reading.name)
        finding.cost.samples = destination.goneSamples
        report(finding)
      }
    }
  }
}
