import Samples
import Spool

extension Sender {
  /// Writes down what became of samples of a request, in the records that they belong to.
  /// - Parameter samples: by their place in the request.
  func credit(_ flight: Flight, _ samples: Range<Int>, refused reason: RefusalReason?) {
    withFeed(flight.isLiveFeed) { feed in
      for unit in flight.units {
        let part = samples.clamped(to: unit.firstSample..<unit.firstSample + unit.sampleCount)
        guard !part.isEmpty else { continue }
        if let reason {
          feed.tracker[unit.record].refused[reason] += part.count
        } else {
          feed.tracker[unit.record].delivered += part.count
        }
      }
    }
  }

  /// The request is done.
  func complete(_ flight: Flight, _ spool: Spool) {
    if flight.highestTimestamp > counters.highestSentTimestamp ?? .min {
      counters.highestSentTimestamp = flight.highestTimestamp
    }
    end(flight, spool)
  }

  /// A request that waits to be tried again, and of whose records the spool has meanwhile dropped all, for their age or for want of room:
  /// they are counted as dropped, so nothing is gained by it. It may be the very one that the receiver stumbles over, with everything
  /// else behind it.
  func letGoOfDropped(_ spool: Spool) {
    guard flights.contains(where: { !$0.isSent }), let open = spool.openPosition(destination)?.sequence else { return }
    for flight in flights where !flight.isSent && !flight.units.isEmpty {
      let isDropped = withFeed(flight.isLiveFeed) { feed in
        flight.units.allSatisfy { feed.tracker[$0.record].range.end <= open }
      }
      if isDropped { end(flight, spool) }
    }
  }

  /// Its series are free, and the records that have no other piece on its way are settled.
  private func end(_ flight: Flight, _ spool: Spool) {
    flights.removeAll { $0 === flight }
    let finished = withFeed(flight.isLiveFeed) { feed in
      feed.ownership.end(flight.owner)
      return flight.units.map(\.record).filter { feed.tracker.finishPiece($0) }
    }
    settle(finished, flight.isLiveFeed, spool)
  }

  /// Settles finished records, neighbours in one.
  /// - Parameter records: their numbers in the lane's tracker, ascending.
  func settle(_ records: [Int], _ isLive: Bool, _ spool: Spool) {
    let entries = withFeed(isLive) { feed in
      let entries = records.map { feed.tracker[$0] }
      for number in records { feed.tracker.remove(number) }
      return entries
    }
    var start = 0
    for index in entries.indices {
      let isLast = index + 1 == entries.count
      if isLast || entries[index + 1].range.first != entries[index].range.end
        || entries[index + 1].lane != entries[index].lane
      {
        settlements.settle(entries[start...index], spool)
        start = index + 1
      }
    }
  }

  /// Settles what can't be read any more, but for what is on its way nevertheless or belongs to the other lane.
  func settleLosses(_ spool: Spool) {
    for isLive in [true, false] {
      let losses = withFeed(isLive) { feed in
        defer { feed.losses.removeAll() }
        return feed.losses
      }
      let end = isLive || !configuration.acceptsOutOfOrder ? nil : live.position
      for loss in losses { settle(lost: loss, before: end, spool) }
    }
  }

  private func settle(lost range: RecordRange, before end: SpoolPosition?, _ spool: Spool) {
    var place = SpoolPosition(sequence: range.first, samplesBefore: range.samplesBefore)
    var last = SpoolPosition(sequence: range.end, samplesBefore: range.samplesBefore + range.sampleCount)
    if let end, end.sequence < last.sequence { last = end }
    while place.sequence < last.sequence {
      let open = [live.tracker.firstOpen(from: place.sequence), backlog.tracker.firstOpen(from: place.sequence)]
      let next = open.compactMap { $0 }.min { $0.first < $1.first }
      let stop = next.map { SpoolPosition(sequence: $0.first, samplesBefore: $0.samplesBefore) } ?? last
      let until = stop.sequence < last.sequence ? stop : last
      if place.sequence < until.sequence {
        settlements.settle(
          lost: RecordRange(
            first: place.sequence,
            end: until.sequence,
            samplesBefore: place.samplesBefore,
            sampleCount: until.samplesBefore - place.samplesBefore
          ),
          spool
        )
      }
      guard let next, until == stop else { return }
      place = SpoolPosition(sequence: next.end, samplesBefore: next.samplesBefore + next.sampleCount)
    }
  }
}
