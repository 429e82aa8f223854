/// What one target exposed last: from the bytes of a series, as the target spells them, to the series it became.
///
/// Targets spell their series alike from scrape to scrape, and in the same order; so the next entry is nearly always the right one, and a
/// look costs one hash. The bytes themselves aren't kept, but a 128-bit hash under a secret key (`KeyedHash`): 24 bytes a series. The index
/// that finds a series out of its order is made when it is first needed, and given back when the order holds again.
///
/// A scrape is `begin`, then `see` for each sample, then `commit`; or, where it failed at any point, `endAll`. It can't be copied: one that
/// somebody else still holds would be copied as a whole with the first `see`.
public struct ScrapeCache: ~Copyable {
  struct Entry: BitwiseCopyable {
    let hash: KeyedHash
    private let outcome: UInt32
    /// 65,535 for all that is as long or longer: such series are always looked up.
    let byteCount: UInt16
    var generation: UInt8
    var flags: Flags

    init(hash: KeyedHash, series: ScrapedSeries, byteCount: Int, generation: UInt8) {
      self.hash = hash
      switch series {
      case .kept(let reference): outcome = reference.rawValue
      case .dropped: outcome = .max
      case .refused: outcome = .max - 1
      }
      self.byteCount = UInt16(clamping: byteCount)
      self.generation = generation
      flags = []
    }

    @inline(__always)
    var reference: SeriesReference? { outcome < .max - 1 ? SeriesReference(rawValue: outcome) : nil }
    var isRefused: Bool { outcome == .max - 1 }
  }

  struct Flags: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    /// In the last scrape that was committed.
    static let current = Flags(rawValue: 1)
    /// Brought a timestamp of its own there, so that it ends without a marker.
    static let ownTime = Flags(rawValue: 2)
    /// Seen in the scrape under way, and `current` or `ownTime` will change by it.
    static let pending = Flags(rawValue: 4)
    static let pendingOwnTime = Flags(rawValue: 8)
    /// Of a failed scrape, or of the last good one before: no news when it comes again.
    static let known = Flags(rawValue: 16)
    /// Of a failed scrape since the last good one. As Prometheus counts, that is as good as having been in the next good one.
    static let failed = Flags(rawValue: 32)
  }

  /// What a scrape changed.
  struct Changes {
    /// Series that the scrape before had and this one hasn't: to be ended by a stale marker.
    var ended: [SeriesReference] = []
    /// Series, kept by relabeling, that the scrape before hadn't, nor a failed one in between.
    var newSeries = 0
  }

  /// Scrapes that a series may miss before it is forgotten.
  private static let generationsKept: UInt8 = 4
  /// Failed scrapes in a row over which what was there before is remembered.
  private static let failuresRemembered = 4
  let key: KeyedHash.Key
  private(set) var entries: [Entry] = []
  /// Open addressing; index + 1, 0 for a free slot. Empty while nobody needs it.
  private var slots: [UInt32] = []
  /// Counts scrapes, and begins anew after 255: no entry that isn't current gets older than 16.
  private(set) var generation: UInt8 = 0
  /// The entry expected next.
  private var next = 0
  private var strayCount = 0
  private var seenCount = 0
  private var currentCount = 0
  private var goneCount = 0
  private var isChanged = false
  private var quietScrapes = 0
  /// The entries in the order of this scrape, while that is being learnt.
  private var order: [UInt32] = []
  private var isLearningOrder = false
  private var failuresInARow = 0
  private var isUnderWay = false
  /// Whether any entry that isn't `current` is `known`.
  private var hasKnown = false
  /// Each series' last exemplar, by a hash of its text.
  private var exemplars: [SeriesReference: UInt64] = [:]

  public init(key: KeyedHash.Key) { self.key = key }

  /// Series remembered, those that relabeling drops included.
  public var count: Int { entries.count }

  /// Bytes of memory held.
  public var footprint: Int {
    entries.capacity * MemoryLayout<Entry>.stride + (slots.capacity + order.capacity) * 4
  }

  /// Every series that a later scrape may name without being asked to resolve it: what the series table must not forget.
  public func forEachReference(_ visit: (SeriesReference) -> Void) {
    for entry in entries { if let reference = entry.reference { visit(reference) } }
  }

  mutating func begin() {
    generation &+= 1
    next = 0
    strayCount = 0
    seenCount = 0
    isUnderWay = true
    isChanged = false
    quietScrapes += 1
    order.removeAll(keepingCapacity: true)
  }

  /// How long the next series is, if all goes on as before.
  @inline(__always)
  var expectedByteCount: Int? {
    guard next < entries.count, entries[next].byteCount < .max else { return nil }
    return Int(entries[next].byteCount)
  }

  /// The index of the series expected next, if these are its bytes.
  @inline(__always)
  mutating func expected(_ hash: KeyedHash) -> Int? {
    guard entries[next].hash == hash else { return nil }
    next += 1
    return next - 1
  }

  /// Notes that the series expected next was exposed, where that changes nothing: it was there in the scrape before, and not yet in this one.
  /// - Parameter hash: of the bytes that may be that series.
  /// - Returns: its entry as it was; nothing where it is another series, or the change has to be looked at.
  @inline(__always)
  mutating func seeExpected(_ hash: KeyedHash) -> Entry? {
    guard next < entries.count, !isLearningOrder, entries[next].flags == .current,
      entries[next].generation != generation, let index = expected(hash)
    else { return nil }
    return see(index, hasOwnTime: false)
  }

  mutating func find(_ hash: KeyedHash) -> Int? {
    quietScrapes = 0
    if slots.isEmpty { index() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash.low) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot] - 1)
      if entries[index].hash == hash {
        strayCount += 1
        next = index + 1
        return index
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Remembers a series that `find` didn't find.
  mutating func insert(_ hash: KeyedHash, byteCount: Int, _ series: ScrapedSeries) -> Int {
    entries.append(Entry(hash: hash, series: series, byteCount: byteCount, generation: generation &- 1))
    if entries.count * 4 > slots.count * 3 { index() } else { place(entries.count - 1) }
    // In the middle of the others, a new one doesn't change which of them comes next.
    if next == entries.count - 1 { next += 1 }
    return entries.count - 1
  }

  /// Notes that a series was exposed.
  /// - Returns: its entry as it was, whose generation is this one's if the series was there before in this scrape.
  @inline(__always)
  mutating func see(_ index: Int, hasOwnTime: Bool) -> Entry {
    let entry = entries[index]
    if entry.generation == generation { return entry }
    entries[index].generation = generation
    seenCount += 1
    if entry.flags != (hasOwnTime ? [.current, .ownTime] : .current) || isLearningOrder {
      seeChanged(index, hasOwnTime: hasOwnTime)
    }
    return entry
  }

  @inline(never)
  private mutating func seeChanged(_ index: Int, hasOwnTime: Bool) {
    if isLearningOrder { order.append(UInt32(truncatingIfNeeded: index)) }
    guard entries[index].flags != (hasOwnTime ? [.current, .ownTime] : .current) else { return }
    isChanged = true
    entries[index].flags.formUnion(hasOwnTime ? [.pending, .pendingOwnTime] : .pending)
  }

  /// Whether a series brings another exemplar than last. (A target shows each until it has another.)
  mutating func isNewExemplar(_ hash: KeyedHash, of reference: SeriesReference) -> Bool {
    // Series that are gone leave theirs behind.
    if exemplars.count > 2 * entries.count + 64 { exemplars.removeAll() }
    return exemplars.updateValue(hash.low, forKey: reference) != hash.low
  }

  /// Of the scrape under way, as `Changes.newSeries` counts.
  var newSeriesSoFar: Int {
    entries.count {
      $0.generation == generation && $0.reference != nil && $0.flags.isDisjoint(with: [.current, .known])
    }
  }

  /// Ends a scrape that was taken whole.
  mutating func commit() -> Changes {
    var changes = Changes()
    if isChanged || seenCount != currentCount || hasKnown || goneCount > 0 && generation % 8 == 0 {
      settle(&changes)
    }
    failuresInARow = 0
    isUnderWay = false
    if isLearningOrder {
      takeOrder()
    } else {
      isLearningOrder = strayCount * 4 > seenCount
    }
    if quietScrapes > 2 { slots = [] }
    return changes
  }

  /// After a failed scrape, or for a target that is gone: ends everything that was exposed last. What was in it, or in the failed scrape, is
  /// remembered until a scrape is taken whole again, or for so many failures in a row.
  /// - Parameter remembersFailed: whether what the failed scrape brought is remembered, too.
  public mutating func endAll(into references: inout [SeriesReference], remembersFailed: Bool = true) {
    failuresInARow = min(failuresInARow + 1, Self.failuresRemembered + 1)
    let remembers = failuresInARow <= Self.failuresRemembered
    isLearningOrder = false
    order = []
    slots = []
    exemplars = [:]
    func isOfFailed(_ entry: Entry) -> Bool { isUnderWay && entry.generation == generation }
    entries.removeAll { entry in
      if entry.flags.contains(.current) { return false }
      return !(remembers && (isOfFailed(entry) && remembersFailed || entry.flags.contains(.known)))
    }
    for index in entries.indices {
      let entry = entries[index]
      if entry.flags.contains(.current), !entry.flags.contains(.ownTime), let reference = entry.reference {
        references.append(reference)
      }
      let wasFailed = entry.flags.contains(.failed) || isOfFailed(entry)
      entries[index].flags = wasFailed ? [.known, .failed] : .known
    }
    hasKnown = true
    isUnderWay = false
    currentCount = 0
    goneCount = entries.count
    trim()
  }

  private mutating func settle(_ changes: inout Changes) {
    goneCount = 0
    currentCount = 0
    hasKnown = false
    var isAnyOld = false
    for index in entries.indices {
      let entry = entries[index]
      if entry.generation == generation {
        currentCount += 1
        guard entry.flags.contains(.pending) else { continue }
        if entry.flags.isDisjoint(with: [.current, .known]), entry.reference != nil { changes.newSeries += 1 }
        entries[index].flags = entry.flags.contains(.pendingOwnTime) ? [.current, .ownTime] : .current
      } else {
        goneCount += 1
        if entry.flags == .current, let reference = entry.reference { changes.ended.append(reference) }
        entries[index].flags = entry.flags.contains(.failed) ? .known : []
        hasKnown = hasKnown || entry.flags.contains(.failed)
        isAnyOld = isAnyOld || generation &- entry.generation > Self.generationsKept
      }
    }
    if isAnyOld, !isLearningOrder {
      entries.removeAll { generation &- $0.generation > Self.generationsKept }
      goneCount = entries.count - currentCount
      slots = []
    }
    trim()
  }

  /// Takes the order of this scrape; what wasn't in it comes last.
  private mutating func takeOrder() {
    var sorted: [Entry] = []
    sorted.reserveCapacity(entries.count)
    for index in order { sorted.append(entries[Int(index)]) }
    for entry in entries where entry.generation != generation { sorted.append(entry) }
    entries = sorted
    slots = []
    order = []
    isLearningOrder = false
  }

  /// Gives back what an array that doubles has too much.
  private mutating func trim() {
    guard entries.capacity > entries.count + entries.count / 4 + 64 else { return }
    var exact: [Entry] = []
    exact.reserveCapacity(entries.count)
    exact.append(contentsOf: entries)
    entries = exact
  }

  private mutating func index() {
    var count = 16
    while entries.count * 2 > count { count *= 2 }
    slots = [UInt32](repeating: 0, count: count)
    for index in entries.indices { place(index) }
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: entries[index].hash.low) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(truncatingIfNeeded: index) + 1
  }
}

/// What became of a series that a target exposes for the first time.
public enum ScrapedSeries: Hashable, Sendable {
  case kept(SeriesReference)
  /// By relabeling.
  case dropped
  /// No receiver would take it: a label stands in it twice.
  case refused
}
