/// A file of which every byte knows whether it would survive a power cut.
final class SimulatedFile {
  struct Write {
    let offset: Int
    let bytes: [UInt8]
    /// What stood there, as far as the file went.
    let replaced: [UInt8]
    let byteCountBefore: Int
  }

  private(set) var bytes: [UInt8]
  /// In order; nothing of it need be on the disk.
  private var unsynced: [Write] = []
  /// Written before a sync that failed: no later sync brings it to the disk.
  private var limbo: [Write] = []
  /// What the disk holds, where a failed sync has made that another story than `bytes` without `unsynced`.
  private var held: [UInt8]?

  /// Of the size it has whatever is collected: a cursor, a lock.
  let isFixed: Bool

  init(_ bytes: [UInt8] = [], isFixed: Bool) {
    self.bytes = bytes
    self.isFixed = isFixed
  }

  func write(_ new: [UInt8], at offset: Int) {
    let end = offset + new.count
    let overwritten = offset < bytes.count ? Array(bytes[offset..<min(end, bytes.count)]) : []
    unsynced.append(Write(offset: offset, bytes: new, replaced: overwritten, byteCountBefore: bytes.count))
    Self.apply(new[...], at: offset, to: &bytes)
  }

  func synchronize() {
    if var held {
      for write in unsynced { Self.apply(write.bytes[...], at: write.offset, to: &held) }
      self.held = held
    }
    unsynced.removeAll(keepingCapacity: true)
  }

  /// The disk says no, once. Linux then takes the pages for clean: what they held is on the disk or it isn't.
  func failToSynchronize() {
    held = durable
    limbo += unsynced
    unsynced.removeAll(keepingCapacity: true)
  }

  private var durable: [UInt8] {
    if let held { return held }
    var bytes = bytes
    for write in unsynced.reversed() {
      bytes.replaceSubrange(write.offset..<min(write.offset + write.replaced.count, bytes.count), with: write.replaced)
      bytes.removeLast(bytes.count - write.byteCountBefore)
    }
    return bytes
  }

  static let sectorByteCount = 512

  /// What a power cut leaves: of everything that isn't durable all, nothing, or any of its sectors.
  func afterPowerCut(using random: inout some RandomNumberGenerator) -> [UInt8] {
    var result = durable
    let mode = Int.random(in: 0..<4, using: &random)
    for write in limbo + unsynced {
      for sector in stride(from: 0, to: write.bytes.count, by: Self.sectorByteCount) {
        let isKept = mode == 0 || mode != 1 && Bool.random(using: &random)
        guard isKept else { continue }
        let end = min(sector + Self.sectorByteCount, write.bytes.count)
        Self.apply(write.bytes[sector..<end], at: write.offset + sector, to: &result)
      }
    }
    return result
  }

  private static func apply(_ new: ArraySlice<UInt8>, at offset: Int, to bytes: inout [UInt8]) {
    if offset == bytes.count { return bytes.append(contentsOf: new) }
    let end = offset + new.count
    if bytes.count < end { bytes.append(contentsOf: repeatElement(0, count: end - bytes.count)) }
    var target = bytes.mutableSpan
    unsafe new.withUnsafeBufferPointer { source in
      for place in 0..<source.count { unsafe target[offset + place] = source[place] }
    }
  }
}
