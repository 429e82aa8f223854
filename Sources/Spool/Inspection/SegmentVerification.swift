import Samples

/// Reads one segment to the last byte, and says what is wrong with it and what that costs.
struct SegmentVerification: ~Copyable {
  /// More places than this are told as one: a report is for reading, and memory is bounded.
  private static let findingsMax = 1000
  private static let examplesMax = 3

  private let info: SegmentInfo
  private let name: String
  /// Records from here on belong to the next segment (docs/formats/spool.md, 2).
  private let endSequence: UInt64
  private let samplesEnd: UInt64?
  private(set) var findings: [Finding] = []
  private(set) var records: UInt64 = 0
  private(set) var samples: UInt64 = 0

  private var decoder = SegmentDecoder()
  private var record = DecodedRecord()
  private var expectedSequence: UInt64
  private var expectedSamples: UInt64
  private var lastTime: Int64?
  /// Of a place that cost something, for what later records lose by it.
  private var culprit: Int?
  private var unknownRecords = 0
  private var lastKind: RecordHeader.Kind?
  /// Which series a stream's last readable record named.
  private var seriesOfStream: [UInt32: [UInt32]] = [:]

  init(_ info: SegmentInfo, next: SegmentInfo?) {
    self.info = info
    name = SegmentHeader.name(info.number)
    endSequence = next?.firstSequence ?? .max
    samplesEnd = next?.samplesBefore
    expectedSequence = info.firstSequence
    expectedSamples = info.samplesBefore
  }

  mutating func run(_ fileSystem: any FileSystem) {
    let file: FileHandle
    do throws(FileError) { file = try fileSystem.open(name, writable: false) } catch {
      // An agent has removed it meanwhile; anything else is a finding.
      if !error.isMissing { lose(Finding(.unreadable, name), upTo: info.endSequence, info.samplesEnd) }
      return
    }
    defer { fileSystem.close(file) }
    var scanner = SegmentScanner(number: info.number, file: file, isKeepingPlaces: true)
    if info.byteCount > 0 { verifyHeader(fileSystem, file, &scanner) }
    while let header = scanner.next(fileSystem, limit: info.byteCount) {
      note(scanner.takePlaces())
      take(header, scanner)
    }
    note(scanner.takePlaces())
    finish()
  }

  private mutating func verifyHeader(_ fileSystem: any FileSystem, _ file: FileHandle, _ scanner: inout SegmentScanner)
  {
    var bytes = ByteBuffer()
    do throws(FileError) {
      try fileSystem.read(file, at: 0, count: SegmentHeader.byteCount, into: &bytes)
    } catch { bytes.removeAll() }
    guard case .damaged = SegmentHeader.read(bytes.span, number: info.number) else { return }
    if info.byteCount <= SegmentHeader.byteCount {
      findings.append(Finding(.tornTail, name, 0..<info.byteCount))
    } else if !scanner.mendHeader(fileSystem, limit: info.byteCount) {
      findings.append(Finding(.damagedHeader, name, 0..<SegmentHeader.byteCount))
    }
  }

  private mutating func note(_ places: [DamagedPlace]) {
    for place in places {
      switch place.kind {
      case .mended: add(Finding(.mendable, name, place.range, repair: .mend))
      case .tornTail:
        // A seal comes behind parity and has one length: what stands in its place was one.
        let isSeal = lastKind == .parity && place.range.count == RecordHeader.byteCount + SegmentSeal.payloadByteCount
        add(Finding(isSeal ? .damaged : .tornTail, name, place.range))
      case .lost:
        add(Finding(.damaged, name, place.range))
        culprit = findings.count - 1
      }
    }
  }

  private mutating func add(_ finding: Finding) {
    if findings.count >= Self.findingsMax, findings[findings.count - 1].kind == finding.kind {
      findings[findings.count - 1].places += 1
    } else {
      findings.append(finding)
    }
  }

  private mutating func take(_ header: RecordHeader, _ scanner: borrowing SegmentScanner) {
    lastKind = header.kind
    switch header.kind {
    case .samples, .items: takeData(header, scanner)
    case .definitions:
      do throws(SegmentDecoder.Failure) { try scanner.define(&decoder) } catch {
        // Behind a loss, definitions may lean on what is gone.
        if culprit == nil { add(Finding(.malformed, name, range(header, scanner))) }
      }
    case .seal:
      guard header.payloadByteCount == SegmentSeal.payloadByteCount else {
        return add(Finding(.malformed, name, range(header, scanner)))
      }
      let seal = SegmentSeal(scanner.payload)
      let isCounted = seal.records == records && seal.samples == samples
      if culprit == nil, header.sequence <= endSequence, !isCounted {
        add(Finding(.wrongSeal, name, range(header, scanner)))
      }
    case .parity: break
    case nil: unknownRecords += 1
    }
  }

  private func range(_ header: RecordHeader, _ scanner: borrowing SegmentScanner) -> Range<Int> {
    scanner.offset - RecordHeader.byteCount - header.payloadByteCount..<scanner.offset
  }

  private mutating func takeData(_ header: RecordHeader, _ scanner: borrowing SegmentScanner) {
    guard header.sequence < endSequence else { return }
    if header.sequence > expectedSequence {
      lose(nil, upTo: header.sequence, header.samplesBefore, before: header.lowestTimestamp)
    }
    let isInOrder = header.sequence == expectedSequence && header.samplesBefore == expectedSamples
    do throws(SegmentDecoder.Failure) {
      try scanner.decode(header, &decoder, into: &record)
      if !isInOrder { add(Finding(.malformed, name, range(header, scanner))) }
      records += 1
      samples += UInt64(header.sampleCount)
      if header.kind == .samples { seriesOfStream[record.stream] = record.series }
    } catch {
      if culprit == nil {
        add(Finding(.malformed, name, range(header, scanner)))
        culprit = findings.count - 1
      }
      charge(records: 1, samples: UInt64(header.sampleCount), stream: stream(header, scanner))
      if let culprit { findings[culprit].cost.widen(header.lowestTimestamp) }
    }
    expectedSequence = header.sequence + 1
    expectedSamples = header.samplesBefore + UInt64(header.sampleCount)
    lastTime = header.lowestTimestamp
  }

  private func stream(_ header: RecordHeader, _ scanner: borrowing SegmentScanner) -> UInt32? {
    guard header.kind == .samples else { return nil }
    var reader = ByteReader(scanner.payload)
    do throws(ByteReader.Malformed) { return UInt32(try reader.count(max: Int(UInt32.max))) } catch { return nil }
  }

  /// Counts the records up to `sequence` as lost: by the last place that was damaged, or else as missing.
  private mutating func lose(_ finding: Finding?, upTo sequence: UInt64, _ samples: UInt64, before time: Int64? = nil) {
    if culprit == nil || finding != nil {
      add(finding ?? Finding(.missing, name))
      culprit = findings.count - 1
    }
    charge(
      records: sequence - min(sequence, expectedSequence),
      samples: samples - min(samples, expectedSamples),
      stream: seriesOfStream.count == 1 ? seriesOfStream.first?.key : nil
    )
    if let culprit { findings[culprit].cost.widen(lastTime ?? time, time ?? lastTime) }
    expectedSequence = max(expectedSequence, sequence)
    expectedSamples = max(expectedSamples, samples)
  }

  private mutating func charge(records: UInt64, samples: UInt64, stream: UInt32?) {
    guard let culprit else { return }
    findings[culprit].cost.records += records
    findings[culprit].cost.samples += samples
    guard let stream, findings[culprit].cost.streams.insert(stream).inserted,
      let series = seriesOfStream[stream]
    else { return }
    findings[culprit].cost.seriesCount += series.count
    for number in series.prefix(Self.examplesMax - findings[culprit].cost.examples.count) {
      findings[culprit].cost.examples.append(decoder.dictionary.labels(number))
    }
  }

  private mutating func finish() {
    if let samplesEnd, endSequence > expectedSequence {
      // The end of the file is what is missing, so a torn tail is no harmless one.
      if let tail = findings.lastIndex(where: { $0.kind == .tornTail }) { culprit = tail }
      lose(nil, upTo: endSequence, samplesEnd)
    }
    if records == 0, findings.isEmpty { findings.append(Finding(.empty, name)) }
    if unknownRecords > 0 {
      var finding = Finding(.unknownRecords, name)
      finding.places = unknownRecords
      findings.append(finding)
    }
  }
}
