import Agent
import Samples
import Spool
import SpoolTestSupport

/// A segment of about 64 KiB with what was written into it, and reads of damaged copies.
struct SampleSegment {
  private static let name = "0000000000000001.seg"
  private static let streamCount = 4
  private static let configuration = SpoolConfiguration(byteCountMax: 8 << 20, destinations: ["central"])

  private(set) var bytes: [UInt8] = []
  private(set) var values: [[UInt64]] = []
  private(set) var streams: [Int] = []
  /// Where the file ended when the record was acknowledged.
  private(set) var ends: [Int] = []

  /// - Parameter isSealed: as a process that ends leaves it; else as one that is killed.
  init(isSealed: Bool) throws {
    var random = SeededGenerator(seed: 5)
    var table = SeriesTable(key: KeyedHash.Key(1, 2))
    let references = (0..<Self.streamCount).map { stream in
      (0..<25).map { table.intern(LabelSet([("__name__", "m\($0)"), ("job", "test"), ("stream", "\(stream)")])) }
    }
    let fileSystem = SimulatedFileSystem()
    let spool = try Spool(fileSystem, Self.configuration)
    while bytes.count < 60_500 {
      let stream = values.count % Self.streamCount
      var batch = SampleBatch(stream: UInt32(stream))
      batch.references = references[stream]
      batch.values = batch.references.map { _ in
        Bool.random(using: &random)
          ? Double(Int.random(in: 0..<100_000, using: &random)).bitPattern : random.next()
      }
      batch.timestamps = [Int64(values.count) * 1000]
      values.append(batch.values)
      streams.append(stream)
      _ = try spool.append(batch)
      try spool.commit(table: table, now: 0, synchronizing: true)
      bytes = fileSystem[Self.name]
      ends.append(bytes.count)
    }
    if isSealed {
      try spool.close(table: table, now: 0)
      bytes = fileSystem[Self.name]
    }
  }

  /// Where definitions records lie: whatever comes after one may lean on it.
  var definitions: [Range<Int>] {
    var found: [Range<Int>] = []
    var place = 64
    while place + 48 <= bytes.count {
      let length = 48 + (0..<4).reduce(0) { $0 | Int(bytes[place + 8 + $1]) << ($1 * 8) }
      if bytes[place + 4] == 2 { found.append(place..<place + length) }
      place += length
    }
    return found
  }

  func flipped(_ bit: Int) -> [UInt8] {
    var damaged = bytes
    damaged[bit / 8] ^= 1 << UInt8(bit % 8)
    return damaged
  }

  func truncated(_ count: Int) -> [UInt8] { Array(bytes.prefix(count)) }

  /// Starts on a directory that has this segment alone, and reads it to its end, settling everything.
  func read(_ bytes: [UInt8]) throws -> Reading {
    let fileSystem = SimulatedFileSystem()
    fileSystem[Self.name] = bytes
    let spool = try Spool(fileSystem, Self.configuration)
    var reading = Reading()
    guard let queued = spool.ledger("central")?.queued, var reader = spool.makeReader("central") else { return reading }
    reading.queued = queued
    var record = DecodedRecord()
    var found = [Bool](repeating: false, count: values.count)
    loop: while true {
      switch spool.read(&reader, for: "central", into: &record) {
      case .record(let range):
        let index = Int(range.first) - 1
        if index >= values.count || record.values != values[index] || found[index] {
          reading.isWrong = true
        } else {
          found[index] = true
        }
        reading.readSamples += range.sampleCount
        try spool.settle(range, for: "central", Outcome(delivered: range.sampleCount))
      case .lost(let range):
        reading.lostSamples += range.sampleCount
        try spool.settle(range, for: "central", Outcome(dropped: [DropReason.damaged: range.sampleCount]))
      case .end: break loop
      }
    }
    spool.close(&reader)
    reading.missing = found.indices.filter { !found[$0] }
    if let ledger = spool.ledger("central") { reading.isBalanced = ledger.isBalanced && ledger.queued == 0 }
    return reading
  }
}
