import Samples
import Spool

extension AgentCore {
  /// Lets go of the series that no input remembers, once so many have come that it is worth a new segment: under churn the table would
  /// grow for ever.
  func sweepSeries(now: Moment) {
    guard table.isSweepDue, now.monotonic >= nextSweep else { return }
    nextSweep = now.monotonic + Self.sweepPauseMilliseconds
    var marks = SeriesMarks(for: table)
    receiver.mark(into: &marks, now: now)
    scraper.markLive { marks.mark($0) }
    table.noteHeld(marks)
    guard table.isSweepDue else { return }
    do throws(SpoolError) { try commit(.synchronize, now: now) } catch {
      // Samples wait for the disk, and the numbers of their series with them: later.
      return
    }
    guard spool.endSegment() else { return }
    table.sweep(keeping: marks)
  }

  private static let sweepPauseMilliseconds: Int64 = 60_000
}
