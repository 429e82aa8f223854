import Samples

/// A request on its way, from its first try until what became of each of its samples is known.
final class Flight {
  /// A piece of a record: so many samples of it, in the order of the request.
  struct Unit {
    let record: Int
    let firstSample: Int
    var sampleCount: Int
  }

  enum State {
    /// Ready as soon as the path and its own wait allow.
    case waiting(until: Int64)
    case sent(id: UInt64, at: Int64, isProbe: Bool)
  }

  /// Ascending in the order of reading.
  let number: UInt64
  let lane: Lane
  /// Whose records and series it has: with one lane all are the live feed's.
  let isLiveFeed: Bool
  /// In the lane's `SeriesOwnership`.
  let owner: UInt32
  let units: [Unit]
  let sampleCount: Int
  let itemCount: Int
  let highestTimestamp: Int64
  var version: RemoteWriteVersion
  /// All of it, compressed.
  var body: [UInt8]
  /// The part that is sent now, where only a part is, and its samples.
  var partBody: [UInt8]?
  var partSampleCount = 0
  var search: PoisonSearch?
  var state: State = .waiting(until: 0)
  /// Failed tries of what is sent now.
  var attempt = 0
  /// Answers of 500 in a row to what is sent now, and how many other requests had succeeded by the first of them.
  var internalErrors = 0
  var successesBefore: UInt64 = 0
  /// Refused parts are looked into because of repeated 500s.
  var isSuspect = false
  /// Parts of it got through.
  var hasProgressed = false
  /// Samples that were refused, and how many a 2.0 receiver said those are.
  var refusedSamples = 0
  var refusedMax: Int?

  init(
    number: UInt64,
    lane: Lane,
    isLiveFeed: Bool,
    owner: UInt32,
    units: [Unit],
    sampleCount: Int,
    itemCount: Int,
    highestTimestamp: Int64,
    version: RemoteWriteVersion,
    body: [UInt8]
  ) {
    self.number = number
    self.lane = lane
    self.isLiveFeed = isLiveFeed
    self.owner = owner
    self.units = units
    self.sampleCount = sampleCount
    self.itemCount = itemCount
    self.highestTimestamp = highestTimestamp
    self.version = version
    self.body = body
  }

  var byteCount: Int { body.count + (partBody?.count ?? 0) + units.count * MemoryLayout<Unit>.stride }

  var currentSampleCount: Int { partBody == nil ? sampleCount : partSampleCount }

  var isSent: Bool { if case .sent = state { true } else { false } }
}
