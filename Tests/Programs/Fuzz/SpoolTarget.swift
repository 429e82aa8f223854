import Samples
import Spool
import SpoolTestSupport

private let segmentName = "0000000000000001.seg"
private let configuration = SpoolConfiguration(byteCountMax: 8 << 20, destinations: ["central"])

/// A start on any segment: what can be read is read, the books balance, and the queue goes on.
func fuzzSegment(_ input: [UInt8]) {
  let fileSystem = SimulatedFileSystem()
  // Every other one with checksums that hold: what is behind them is reached too.
  let isSealedAnew = input.count % 2 == 0
  fileSystem[segmentName] = isSealedAnew ? withChecksums(input) : input
  run(fileSystem, isGenuine: !isSealedAnew)
}

/// A start on any cursor beside a segment that is well.
func fuzzCursor(_ input: [UInt8]) {
  let fileSystem = unsafe goodSegment
  var cursor = Array(input.prefix(8192))
  let isSealedAnew = input.count % 2 == 0
  if cursor.count >= 4096, isSealedAnew {
    for slot in stride(from: 0, through: cursor.count - 4096, by: 4096) {
      seal(&cursor, slot..<slot + 4092, at: slot + 4092)
    }
  }
  let copy = fileSystem.killed()
  copy["central.cursor"] = cursor
  // Slots of the corpus have checksums that hold, and numbers of another queue, which are believed.
  run(copy, isGenuine: false)
}

nonisolated(unsafe) private let goodSegment: SimulatedFileSystem = {
  let fileSystem = SimulatedFileSystem()
  do {
    let spool = try Spool(fileSystem, configuration)
    for step in 0..<6 { try append(spool, step) }
  } catch { require(false, "\(error)") }
  return fileSystem
}()

private func append(_ spool: Spool, _ step: Int) throws {
  var table = SeriesTable(key: KeyedHash.Key(1, 2))
  var batch = SampleBatch(stream: 9)
  batch.references = (0..<20).map { table.intern(LabelSet([("__name__", "m"), ("n", "\($0)")])) }
  batch.values = (0..<20).map { UInt64($0 * step) }
  batch.timestamps = [Int64(step) * 1000]
  _ = try spool.append(batch)
  try spool.commit(table: table, now: Int64(step) * 1000, synchronizing: true)
}

/// - Parameter isGenuine: nobody has put numbers of their own under checksums that hold: then the books balance.
private func run(_ fileSystem: SimulatedFileSystem, isGenuine: Bool) {
  do {
    let spool = try Spool(fileSystem, configuration)
    drain(spool, isGenuine)
    try spool.storeCursors()
    guard isGenuine else { return }
    let before = spool.ledger("central")?.collected ?? 0
    try append(spool, 7)
    require(spool.ledger("central")?.collected == before + 20, "what is appended isn't counted")
    require(drain(spool, true) == 20, "what is appended can't be read")
    try spool.storeCursors()
  } catch let error as SpoolError {
    // The one thing that a file may ask of a start: not to touch what a later version wrote.
    if case .newerFormat = error { return }
    require(false, "a start failed: \(error)")
  } catch { require(false, "\(error)") }
}

/// Reads and settles everything; returns the samples that were read.
@discardableResult private func drain(_ spool: Spool, _ isGenuine: Bool) -> UInt64 {
  require(!isGenuine || spool.ledger("central")?.isBalanced == true, "the books don't balance at the start")
  guard var reader = spool.makeReader("central") else { return 0 }
  var record = DecodedRecord()
  var count: UInt64 = 0
  loop: while true {
    let (range, outcome): (RecordRange, Outcome)
    switch spool.read(&reader, for: "central", into: &record) {
    case .record(let it):
      require(UInt64(record.values.count) <= it.sampleCount, "a record has more samples than its header says")
      (range, outcome) = (it, Outcome(delivered: it.sampleCount))
      count += it.sampleCount
    case .lost(let it): (range, outcome) = (it, Outcome(dropped: [DropReason.damaged: it.sampleCount]))
    case .end: break loop
    }
    do { try spool.settle(range, for: "central", outcome) } catch {
      if !isGenuine { break loop }
      require(false, "\(range) can't be settled: \(error)")
    }
  }
  spool.close(&reader)
  guard isGenuine else { return count }
  let ledger = spool.ledger("central")
  require(
    ledger?.isBalanced == true && ledger?.queued == 0,
    "the books don't balance, or something is left: \(ledger.map { "\($0)" } ?? "")"
  )
  return count
}

private func seal(_ bytes: inout [UInt8], _ range: Range<Int>, at place: Int) {
  put(&bytes, CRC32C.checksum(bytes.span.extracting(range)), at: place)
}

private func put(_ bytes: inout [UInt8], _ checksum: UInt32, at place: Int) {
  for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: checksum >> (UInt32(index) * 8)) }
}

/// Checksums of docs/formats/spool.md (3 and 4) put right along the records as their lengths say.
private func withChecksums(_ input: [UInt8]) -> [UInt8] {
  var bytes = input
  guard bytes.count >= 64 else { return bytes }
  seal(&bytes, 0..<60, at: 60)
  var place = 64
  while place + 48 <= bytes.count {
    let length = (0..<4).reduce(0) { $0 | Int(bytes[place + 8 + $1]) << ($1 * 8) }
    guard place + 48 + length <= bytes.count else { return bytes }
    seal(&bytes, place + 48..<place + 48 + length, at: place + 40)
    var checksum = CRC32C()
    checksum.update(1 as UInt64)
    checksum.update(UInt64(place))
    checksum.update(bytes.span.extracting(place..<place + 44))
    put(&bytes, checksum.value, at: place + 44)
    place += 48 + length
  }
  return bytes
}
