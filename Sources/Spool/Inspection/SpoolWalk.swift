public import Samples

/// Reads what a directory holds from its first record to its last, one segment in memory at a time, without the lock and without settling anything.
public struct SpoolWalk: ~Copyable {
  /// One record, or that some can't be had.
  public enum Step: Hashable {
    /// Its samples or items are in the `DecodedRecord`.
    case record(sequence: UInt64)
    /// So many samples can't be read.
    case lost(samples: UInt64)
  }

  private let fileSystem: any FileSystem
  private let infos: [SegmentInfo]
  private let timeRange: ClosedRange<Int64>?
  private let cursor: Cursor?
  /// One past the last segment that is read.
  private let indexEnd: Int
  private var index = -1
  private var scanner = SegmentScanner()
  /// The series of the record read last are numbers of `decoder.dictionary`.
  public private(set) var decoder = SegmentDecoder()
  private var expectedSequence: UInt64 = 0
  private var expectedSamples: UInt64 = 0
  /// Counts up with each segment, so that who keeps things by series knows when these are others.
  public private(set) var segmentCount = 0

  /// - Parameters:
  ///   - timeRange: milliseconds since 1970; segments that have nothing in it are left out. A record that is read may still have samples outside.
  ///   - destination: only records that it hasn't settled.
  public init(_ inspection: SpoolInspection, timeRange: ClosedRange<Int64>?, destination: DestinationSummary?) {
    fileSystem = inspection.fileSystem
    infos = inspection.infos
    self.timeRange = timeRange
    cursor = destination?.cursor
    indexEnd = inspection.infos.count
  }

  /// Reads one segment alone, settled or not.
  /// - Parameter segment: its number; where the directory has no such segment, there is nothing to read.
  public init(_ inspection: SpoolInspection, segment number: UInt64) {
    fileSystem = inspection.fileSystem
    infos = inspection.infos
    timeRange = nil
    cursor = nil
    let place = inspection.infos.firstIndex { $0.number == number }
    index = (place ?? 0) - 1
    indexEnd = place.map { $0 + 1 } ?? 0
  }

  deinit { scanner.close(fileSystem) }

  /// The next record, or nothing at the end.
  public mutating func next(into record: inout DecodedRecord) -> Step? {
    while true {
      if index < 0 || index >= indexEnd || scanner.file == nil {
        guard enter() else { return nil }
        continue
      }
      let info = infos[index]
      guard let header = scanner.next(fileSystem, limit: info.byteCount), header.sequence < end(of: index) else {
        let lost = self.lost(upTo: info.endSequence, info.samplesEnd)
        leave()
        if let lost { return lost }
        continue
      }
      if header.kind == .definitions {
        // What it defined and can't be read is missed where it is named.
        do throws(SegmentDecoder.Failure) { try scanner.define(&decoder) } catch {}
        continue
      }
      guard header.isData else { continue }
      if header.sequence > expectedSequence, let lost = lost(upTo: header.sequence, header.samplesBefore) {
        scanner.stepBack(header)
        return lost
      }
      expectedSequence = header.sequence + 1
      expectedSamples = header.samplesBefore + UInt64(header.sampleCount)
      do throws(SegmentDecoder.Failure) { try scanner.decode(header, &decoder, into: &record) } catch {
        if cursor?.isSettled(header.sequence) == true { continue }
        return .lost(samples: UInt64(header.sampleCount))
      }
      if cursor?.isSettled(header.sequence) == true { continue }
      return .record(sequence: header.sequence)
    }
  }

  private func end(of index: Int) -> UInt64 {
    index + 1 < infos.count ? infos[index + 1].firstSequence : .max
  }

  private mutating func lost(upTo sequence: UInt64, _ samples: UInt64) -> Step? {
    guard sequence > expectedSequence else { return nil }
    let count = samples - min(samples, expectedSamples)
    let isSettled = cursor.map { $0.done >= sequence } ?? false
    expectedSequence = sequence
    expectedSamples = samples
    return isSettled || count == 0 ? nil : .lost(samples: count)
  }

  private mutating func leave() {
    scanner.close(fileSystem)
    scanner = SegmentScanner()
    decoder = SegmentDecoder()
  }

  private mutating func enter() -> Bool {
    while index + 1 < indexEnd {
      index += 1
      let info = infos[index]
      if let cursor, cursor.done >= info.endSequence { continue }
      // Only a seal says for certain when the last sample was.
      if let timeRange, info.isSealed, let held = info.timeRange, !held.overlaps(timeRange) { continue }
      do throws(FileError) {
        let file = try fileSystem.open(SegmentHeader.name(info.number), writable: false)
        scanner = SegmentScanner(number: info.number, file: file)
      } catch { continue }
      segmentCount += 1
      expectedSequence = info.firstSequence
      expectedSamples = info.samplesBefore
      return true
    }
    return false
  }
}
