/// Which series a remote-write client's labels became, by a hash of their bytes (`KeyedHash`), so that a label set is looked into once.
///
/// A client sends its series in much the same order again and again. They are kept in the order they first came, so the next entry is nearly
/// always the right one, and a look costs one hash and no search.
///
/// Forgets what its client hasn't sent for one to two epochs.
struct ClientSeriesCache {
  private struct Entry: BitwiseCopyable {
    let hash: KeyedHash
    let reference: SeriesReference
    /// Of the labels as 1.0 spells them; `unknownLength` for none to expect.
    let byteCount: UInt16
    var epoch: UInt16
  }

  private static let unknownLength = UInt16.max

  private let countMax: Int
  private var entries: [Entry] = []
  /// Open addressing; index of the entry + 1, 0 for a free slot.
  private var slots = [UInt32](repeating: 0, count: 16)
  private var epoch: UInt16 = 1
  /// The entry expected next.
  private var next = 0

  /// - Parameter countMax: beyond this the cache begins anew.
  init(countMax: Int) { self.countMax = countMax }

  var count: Int { entries.count }

  /// How many bytes the next series' labels are, if all goes on as before.
  @inline(__always)
  var expectedByteCount: Int? {
    guard next < entries.count, entries[next].byteCount != Self.unknownLength else { return nil }
    return Int(entries[next].byteCount)
  }

  /// The series expected next, if these are its labels.
  @inline(__always)
  mutating func expected(_ hash: KeyedHash) -> SeriesReference? {
    guard next < entries.count, entries[next].hash == hash else { return nil }
    next += 1
    if entries[next - 1].epoch != epoch { entries[next - 1].epoch = epoch }
    return entries[next - 1].reference
  }

  mutating func find(_ hash: KeyedHash) -> SeriesReference? {
    if let reference = expected(hash) { return reference }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash.low) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot] - 1)
      if entries[index].hash == hash {
        entries[index].epoch = epoch
        next = index + 1
        return entries[index].reference
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// - Parameters:
  ///   - hash: not in the cache yet.
  ///   - byteCount: of the labels, where the next time is known by them.
  mutating func insert(_ hash: KeyedHash, byteCount: Int?, _ reference: SeriesReference) {
    if entries.count >= countMax { removeAll() }
    let length = byteCount.map { UInt16(clamping: $0) } ?? Self.unknownLength
    // In the middle of the others, a new one doesn't change which of them comes next.
    if next == entries.count { next += 1 }
    entries.append(Entry(hash: hash, reference: reference, byteCount: length, epoch: epoch))
    if entries.count * 4 > slots.count * 3 { index(slotCount: slots.count * 2) } else { place(entries.count - 1) }
  }

  mutating func removeAll() {
    entries.removeAll()
    next = 0
    slots = [UInt32](repeating: 0, count: 16)
  }

  /// Begins an epoch: what wasn't asked for in the one that ends is forgotten.
  mutating func advanceEpoch() {
    let current = epoch
    entries.removeAll { $0.epoch != current }
    next = 0
    var slotCount = 16
    while entries.count * 4 > slotCount * 3 { slotCount *= 2 }
    index(slotCount: slotCount)
    epoch &+= 1
  }

  func mark(into marks: inout SeriesMarks) {
    for entry in entries { marks.mark(entry.reference) }
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
