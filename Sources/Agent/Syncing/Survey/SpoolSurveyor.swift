import Samples
public import Spool

/// Looks into a spool from outside, without its lock, so that another thread than the spool's own can do it: counts what is there, and reads
/// what is to be sent again.
public final class SpoolSurveyor {
  /// What is known of segments that change no more, as one destination's check asked for it.
  private struct Known {
    let order: SurveyOrder
    var segments: [UInt64: SegmentSurvey] = [:]
  }

  private let fileSystem: any FileSystem
  /// By destination.
  private var known: [String: Known] = [:]
  private var lastInspection: SpoolInspection?
  private var readers: [String: RangeReader] = [:]

  /// - Parameter fileSystem: its own view of the spool's directory.
  public init(_ fileSystem: any FileSystem) { self.fileSystem = fileSystem }

  /// Reads every segment that it doesn't know yet from beginning to end.
  public func survey(_ order: SurveyOrder) -> Survey {
    var survey = Survey()
    let inspection: SpoolInspection
    do throws(FileError) { inspection = try SpoolInspection(fileSystem, known: lastInspection) } catch {
      survey.failure = "the queue can't be read: \(error.call.rawValue) \(error.name), error \(error.code)"
      return survey
    }
    lastInspection = inspection
    guard let destination = inspection.destinations.first(where: { $0.name == order.destination }) else {
      return survey
    }
    survey.samplesBefore = inspection.segments.first?.samplesBefore ?? 0
    let before = known[order.destination].flatMap { $0.order == order ? $0 : nil }
    var kept = Known(order: order)
    kept.segments.reserveCapacity(inspection.segments.count)
    survey.segments.reserveCapacity(inspection.segments.count)
    for segment in inspection.segments {
      let part = before?.segments[segment.number] ?? count(segment.number, inspection, destination, order)
      if destination.isSettled(segment) { kept.segments[segment.number] = part }
      survey.segments.append(part)
      if let oldest = part.oldest { survey.heldFrom = min(survey.heldFrom ?? .max, oldest) }
      if let newest = part.newest { survey.heldUntil = max(survey.heldUntil ?? .min, newest) }
    }
    known[order.destination] = kept
    return survey
  }

  private func count(
    _ segment: UInt64,
    _ inspection: SpoolInspection,
    _ destination: DestinationSummary,
    _ order: SurveyOrder
  ) -> SegmentSurvey {
    var surveyor = SegmentSurveyor(segment, order.grid, spacing: order.spacing)
    var walk = SpoolWalk(inspection, segment: segment)
    var record = DecodedRecord()
    while let step = walk.next(into: &record) {
      guard case .record(let sequence) = step, destination.isSettled(sequence) else { continue }
      surveyor.add(record, walk.decoder.dictionary)
    }
    return surveyor.finish()
  }

  /// Begins to read what is to be sent again, or goes on.
  public func read(_ order: ReadOrder) -> ReplayBatch {
    if let plan = order.plan {
      do throws(FileError) {
        readers[order.destination] = RangeReader(try SpoolInspection(fileSystem), order.destination, plan)
      } catch {
        readers[order.destination] = nil
        return ReplayBatch(
          failure: "the queue can't be read: \(error.call.rawValue) \(error.name), error \(error.code)"
        )
      }
    }
    guard let batch = readers[order.destination]?.next() else { return ReplayBatch() }
    if batch.isLast { readers[order.destination] = nil }
    return batch
  }
}
