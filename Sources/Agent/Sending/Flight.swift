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
  /// The request taken apart, for as long as it is looked into: once, not for each part.
  var messages: RequestMessages?
  var state: State = .waiting(until: 0)
  /// Failed tries of what is sent now.
  var attempt = 0
  /// Answers of 500, and how many requests had succeeded by the first of them.
  struct InternalErrors {
    var count = 0
    var successesBefore: UInt64 = 0
  }

  /// In a row, to what is sent now.
  private(set) var internalErrors = InternalErrors()
  /// To messages that were sent alone, by their place.
  private(set) var errorsAlone: [Int: InternalErrors] = [:]
  /// Refused parts are looked into because of repeated 500s.
  var isSuspect = false
  /// Of its search, those that were noted.
  var contradictions = 0
  /// Parts of it got through.
  var hasProgressed = false
  /// The last answer that refused something of it.
  var refusal: Answer?
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

  var byteCount: Int {
    body.count + (partBody?.count ?? 0) + (messages?.footprint ?? 0) + units.count * MemoryLayout<Unit>.stride
  }

  var currentSampleCount: Int { partBody == nil ? sampleCount : partSampleCount }

  var isSent: Bool { if case .sent = state { true } else { false } }

  /// The place of the message that is sent now, if it is one alone.
  var aloneIndex: Int? {
    guard let search else { return sampleCount + itemCount == 1 ? 0 : nil }
    return search.next.flatMap { $0.count == 1 ? $0.lowerBound : nil }
  }

  /// Whether what is sent now was answered with 500 before.
  var hadInternalErrors: Bool { internalErrors.count > 0 || aloneIndex.map { errorsAlone[$0] != nil } ?? false }

  func noteInternalError(successes: UInt64) {
    if internalErrors.count == 0 { internalErrors.successesBefore = successes }
    internalErrors.count += 1
    guard let aloneIndex else { return }
    errorsAlone[aloneIndex, default: InternalErrors(successesBefore: successes)].count += 1
  }

  /// Something else is sent now.
  func beginPart() {
    internalErrors = InternalErrors()
    attempt = aloneIndex.flatMap { errorsAlone[$0]?.count } ?? 0
  }
}
