/// Which series a remote-write client's labels became, by a hash of their bytes (`KeyedHash`), so that a label set is looked into once.
///
/// Forgets what its client hasn't sent for one to two epochs.
struct ClientSeriesCache {
  private struct Entry {
    let hash: KeyedHash
    let reference: SeriesReference
    var epoch: UInt32
  }

  private let countMax: Int
  private var entries: [Entry] = []
  /// Open addressing; index of the entry + 1, 0 for a free slot.
  private var slots = [UInt32](repeating: 0, count: 16)
  private var epoch: UInt32 = 1

  /// - Parameter countMax: beyond this the cache begins anew.
  init(countMax: Int) { self.countMax = countMax }

  var count: Int { entries.count }

  mutating func find(_ hash: KeyedHash) -> SeriesReference? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash.low) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot] - 1)
      if entries[index].hash == hash {
        entries[index].epoch = epoch
        return entries[index].reference
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// - Parameter hash: not in the cache yet.
  mutating func insert(_ hash: KeyedHash, _ reference: SeriesReference) {
    if entries.count >= countMax { removeAll() }
    entries.append(Entry(hash: hash, reference: reference, epoch: epoch))
    if entries.count * 4 > slots.count * 3 { index(slotCount: slots.count * 2) } else { place(entries.count - 1) }
  }

  mutating func removeAll() {
    entries.removeAll()
    slots = [UInt32](repeating: 0, count: 16)
  }

  /// Begins an epoch: what wasn't asked for in the one that ends is forgotten.
  mutating func advanceEpoch() {
    let current = epoch
    entries.removeAll { $0.epoch != current }
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
