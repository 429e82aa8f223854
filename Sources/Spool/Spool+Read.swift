import Glibc
public import Samples

extension Spool {
  /// A reader that starts with the oldest record the destination hasn't settled, or where the spool ends now (the live lane).
  public func makeReader(_ destination: String, atEnd: Bool = false) -> SpoolReader? {
    guard let cursor = place(of: destination).map({ destinations[$0].cursor }) else { return nil }
    return atEnd
      ? SpoolReader(nextSequence: acknowledgedSequence, samplesPosition: acknowledgedSamples)
      : SpoolReader(nextSequence: cursor.done, samplesPosition: cursor.samplesBeforeDone)
  }

  /// Goes to another place. Forward, the way there is still decoded, since later records lean on earlier ones of their segment.
  public func seek(_ reader: inout SpoolReader, to position: SpoolPosition) {
    if position.sequence < reader.nextSequence { close(&reader) }
    reader.nextSequence = position.sequence
    reader.samplesPosition = position.samplesBefore
  }

  /// The next record that the destination hasn't settled.
  public func read(
    _ reader: inout SpoolReader,
    for destination: String,
    into record: inout DecodedRecord
  ) -> SpoolEvent {
    // Asked at every step of a sender, and mostly there is nothing new.
    if reader.nextSequence >= writtenSequence { return .end }
    guard let cursor = place(of: destination).map({ destinations[$0].cursor }) else { return .end }
    if reader.nextSequence < cursor.done {
      reader.nextSequence = cursor.done
      reader.samplesPosition = cursor.samplesBeforeDone
    }
    while true {
      guard let segment = segment(endingBehind: reader.nextSequence) else {
        // Numbers that a cursor knew and no file has: gone with a power cut before they were durable.
        return lost(&reader, upTo: acknowledgedSequence, samples: acknowledgedSamples, cursor)
      }
      if segment.firstSequence > reader.nextSequence {
        let event = lost(&reader, upTo: segment.firstSequence, samples: segment.samplesBefore, cursor)
        if event != .end { return event }
        continue
      }
      if reader.scanner.number != segment.number {
        switch enter(segment, &reader) {
        case .entered: break
        case .postponed: return .end
        case .impossible:
          let event = lost(&reader, upTo: segment.endSequence, samples: segment.samplesEnd, cursor)
          if event != .end { return event }
          continue
        }
      }
      if let event = step(&reader, segment, cursor, into: &record) { return event }
    }
  }

  /// The first segment that may hold the record of that number, or a later one. A long queue has a thousand, whose ends are in order.
  private func segment(endingBehind sequence: UInt64) -> SegmentInfo? {
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].endSequence > sequence { high = middle } else { low = middle + 1 }
    }
    return low < segments.count ? segments[low] : nil
  }

  /// Records from the reader's place up to `sequence`, without those that are settled; then there is more behind them.
  private func lost(_ reader: inout SpoolReader, upTo sequence: UInt64, samples: UInt64, _ cursor: Cursor) -> SpoolEvent
  {
    while reader.nextSequence < sequence {
      if let settled = cursor.beyond.first(where: { $0.first <= reader.nextSequence && reader.nextSequence < $0.end }) {
        reader.nextSequence = min(settled.end, sequence)
        reader.samplesPosition = settled.end <= sequence ? settled.samplesEnd : samples
        continue
      }
      let next = cursor.beyond.first { $0.first > reader.nextSequence && $0.first < sequence }
      let range = RecordRange(
        first: reader.nextSequence,
        end: next?.first ?? sequence,
        samplesBefore: reader.samplesPosition,
        sampleCount: max(next?.samplesBefore ?? samples, reader.samplesPosition) - reader.samplesPosition
      )
      reader.nextSequence = range.end
      reader.samplesPosition += range.sampleCount
      return .lost(range)
    }
    return .end
  }

  private enum Entry { case entered, postponed, impossible }

  private func enter(_ segment: SegmentInfo, _ reader: inout SpoolReader) -> Entry {
    close(&reader)
    do throws(FileError) {
      let file = try fileSystem.open(SegmentHeader.name(segment.number), writable: false)
      reader.scanner = SegmentScanner(number: segment.number, file: file)
      return .entered
    } catch {
      // A process out of descriptors or memory says nothing about the file.
      return [EMFILE, ENFILE, ENOMEM, EINTR].contains(error.code) ? .postponed : .impossible
    }
  }

  /// Lets go of what a reader holds open.
  public func close(_ reader: inout SpoolReader) {
    guard reader.scanner.file != nil else { return }
    reader.scanner.close(fileSystem)
    reader.scanner = SegmentScanner()
    reader.decoder = SegmentDecoder()
  }

  /// One record of the segment; nothing if it isn't the destination's business.
  private func step(
    _ reader: inout SpoolReader,
    _ segment: SegmentInfo,
    _ cursor: Cursor,
    into record: inout DecodedRecord
  ) -> SpoolEvent? {
    guard let header = reader.scanner.next(fileSystem, limit: segment.byteCount), header.sequence < segment.endSequence
    else {
      let event = lost(&reader, upTo: segment.endSequence, samples: segment.samplesEnd, cursor)
      return event == .end ? nil : event
    }
    switch header.kind {
    case .definitions:
      // What it defined and can't be read is missed where it is named.
      do throws(SegmentDecoder.Failure) { try reader.scanner.define(&reader.decoder) } catch { return nil }
      return nil
    case .samples, .items:
      break
    case .parity, .seal, nil:
      return nil
    }
    if header.sequence > reader.nextSequence {
      let event = lost(&reader, upTo: header.sequence, samples: header.samplesBefore, cursor)
      if event != .end {
        reader.scanner.stepBack(header)
        return event
      }
    }
    let isDecoded = decode(header, &reader, into: &record)
    guard header.sequence >= reader.nextSequence else { return nil }
    reader.nextSequence = header.sequence + 1
    reader.samplesPosition = header.samplesBefore + UInt64(header.sampleCount)
    if cursor.isSettled(header.sequence) { return nil }
    let range = RecordRange(
      first: header.sequence,
      end: header.sequence + 1,
      samplesBefore: header.samplesBefore,
      sampleCount: UInt64(header.sampleCount)
    )
    return isDecoded ? .record(range) : .lost(range)
  }

  private func decode(_ header: RecordHeader, _ reader: inout SpoolReader, into record: inout DecodedRecord) -> Bool {
    do throws(SegmentDecoder.Failure) {
      try reader.scanner.decode(header, &reader.decoder, into: &record)
      return true
    } catch {
      return false
    }
  }
}
