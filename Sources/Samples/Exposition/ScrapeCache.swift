/// What one target exposed last: from the bytes of a series, as the target spells them, to the series it became.
///
/// Targets spell their series alike from scrape to scrape, and in the same order; so the next entry is nearly always the right one, and a
/// look costs one hash. The bytes themselves aren't kept, but a 128-bit hash under a secret key (`KeyedHash`).
package struct ScrapeCache {
  struct Entry {
    let hash: KeyedHash
    /// Nothing for a series that relabeling drops.
    let reference: SeriesReference?
    let byteCount: UInt32
    var generation: UInt32
    var position: UInt32
    /// Series with timestamps of their own end without a marker.
    var hasTimestamp: Bool
  }

  /// Scrapes that a series may miss before it is forgotten.
  private static let generationsKept: UInt32 = 4
  let key: KeyedHash.Key
  private(set) var entries: [Entry] = []
  private var slots = [UInt32](repeating: 0, count: 16)
  private(set) var generation: UInt32 = 1
  /// The entry expected next.
  private var next = 0
  private var strayCount = 0
  private var seenCount: UInt32 = 0

  package init(key: KeyedHash.Key) { self.key = key }

  package var count: Int { entries.count }

  mutating func begin() {
    generation += 1
    next = 0
    strayCount = 0
    seenCount = 0
  }

  /// How long the next series is, if all goes on as before.
  @inline(__always)
  var expectedByteCount: Int? { next < entries.count ? Int(entries[next].byteCount) : nil }

  /// The index of the series expected next, if these are its bytes.
  @inline(__always)
  mutating func expected(_ hash: KeyedHash) -> Int? {
    guard entries[next].hash == hash else { return nil }
    next += 1
    return next - 1
  }

  mutating func find(_ hash: KeyedHash) -> Int? {
    strayCount += 1
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash.low) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot] - 1)
      if entries[index].hash == hash {
        next = index + 1
        return index
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  mutating func insert(_ hash: KeyedHash, byteCount: Int, _ reference: SeriesReference?) -> Int {
    entries.append(
      Entry(
        hash: hash,
        reference: reference,
        byteCount: UInt32(byteCount),
        generation: 0,
        position: 0,
        hasTimestamp: false
      )
    )
    if entries.count * 4 > slots.count * 3 { index(slotCount: slots.count * 2) } else { place(entries.count - 1) }
    next = entries.count
    return entries.count - 1
  }

  /// Notes that a series was exposed; false if it was before in this scrape.
  @inline(__always)
  mutating func see(_ index: Int, hasTimestamp: Bool) -> Bool {
    let isFirst = entries[index].generation != generation
    entries[index].generation = generation
    entries[index].position = seenCount
    entries[index].hasTimestamp = hasTimestamp
    seenCount += 1
    return isFirst
  }

  /// Series that the scrape before had and this one hasn't: to be ended by a stale marker.
  package func vanished(into references: inout [SeriesReference]) {
    for entry in entries where entry.generation == generation - 1 && !entry.hasTimestamp {
      if let reference = entry.reference { references.append(reference) }
    }
  }

  /// Everything that was exposed last; for a target that is gone or can't be scraped. The next scrape begins anew.
  package func all(into references: inout [SeriesReference]) {
    for entry in entries where entry.generation == generation && !entry.hasTimestamp {
      if let reference = entry.reference { references.append(reference) }
    }
  }

  /// After a failed scrape: what was exposed before counts as vanished in this one, and isn't reported again in the next.
  package mutating func skipScrape() { begin() }

  /// Forgets what is long gone, and takes the order of this scrape, if the two have come apart.
  mutating func finish() {
    guard strayCount * 4 > Int(seenCount) || entries.count > 2 * Int(seenCount) + 64 else { return }
    entries.removeAll { generation - $0.generation > Self.generationsKept }
    entries.sort { ($1.generation, $0.position) < ($0.generation, $1.position) }
    var count = 16
    while entries.count * 4 > count * 3 { count *= 2 }
    index(slotCount: count)
  }

  private mutating func index(slotCount: Int) {
    slots = [UInt32](repeating: 0, count: slotCount)
    for index in entries.indices { place(index) }
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: entries[index].hash.low) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(index) + 1
  }
}
