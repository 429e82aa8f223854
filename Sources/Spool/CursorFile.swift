import Samples

/// The file with the two slots of one destination.
struct CursorFile {
  private static let suffix = ".cursor"

  let name: String
  private(set) var generation: UInt64 = 0
  /// The slot that is known to be durable: the only one that is never written to.
  private var durableSlot = 0
  /// What this process wrote first is.
  private var isDurable = false
  /// What was written last isn't.
  private(set) var isUnsynchronized = false
  private var file: FileHandle?
  private var isAnchored = false

  static func isValid(_ destination: String) -> Bool {
    (1...64).contains(destination.utf8.count)
      && destination.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: "-")
      }
  }

  /// The destination whose cursor a file of that name holds.
  static func destination(_ name: String) -> String? {
    guard name.hasSuffix(suffix) else { return nil }
    let destination = String(name.dropLast(suffix.count))
    return isValid(destination) ? destination : nil
  }

  init(destination: String) { name = destination + Self.suffix }

  enum Loading {
    case found(Cursor)
    /// There is no file, or nothing was written to it.
    case missing
    /// Both slots are bad, or the file can't be read.
    case lost
  }

  mutating func load(_ fileSystem: any FileSystem, exists: Bool) throws(SpoolError) -> Loading {
    guard exists else { return .missing }
    var bytes = ByteBuffer()
    do throws(FileError) {
      let file = try fileSystem.open(name, writable: true)
      self.file = file
      isAnchored = true
      try fileSystem.read(file, at: 0, count: 2 * CursorSlot.byteCount, into: &bytes)
    } catch {
      return .lost
    }
    if CursorSlot.isUnwritten(bytes.span) {
      // Whoever made it may not have come to sync its name.
      isAnchored = false
      return .missing
    }
    var best: Cursor?
    for slot in 0..<2 where bytes.count >= (slot + 1) * CursorSlot.byteCount {
      switch CursorSlot.read(bytes.span.extracting(slot * CursorSlot.byteCount..<(slot + 1) * CursorSlot.byteCount)) {
      case .valid(let cursor, let generation) where best == nil || generation > self.generation:
        best = cursor
        self.generation = generation
        durableSlot = slot
      case .newer(let version): throw .newerFormat(file: name, readerVersion: version)
      case .valid, .damaged: break
      }
    }
    return best.map(Loading.found) ?? .lost
  }

  /// Writes `cursor`, and makes it durable if asked to. After a failure the file is opened anew next time: a descriptor whose sync
  /// failed tells lies.
  ///
  /// What is written and not durable survives the process. It always goes to the same slot, so that a power cut finds the other one
  /// whole. The first write of a process is made durable whatever was asked: what it found may have been written only.
  mutating func store(_ cursor: Cursor, _ fileSystem: any FileSystem, synchronizing: Bool = true) throws(FileError) {
    var slot = ByteBuffer(minimumCapacity: CursorSlot.byteCount)
    let next = generation + 1
    CursorSlot.append(cursor, generation: next, to: &slot)
    do throws(FileError) {
      if file == nil { file = try open(fileSystem) }
      guard let file else { return }
      if generation == 0 {
        // The other slot, too, so that a full disk finds room for both.
        var zeros = ByteBuffer(minimumCapacity: CursorSlot.byteCount)
        while zeros.count < CursorSlot.byteCount { zeros.append(0) }
        try fileSystem.write(zeros.span, to: file, at: 0)
      }
      try fileSystem.write(slot.span, to: file, at: (1 - durableSlot) * CursorSlot.byteCount)
      isUnsynchronized = true
      if synchronizing || !isDurable { try synchronize(file, fileSystem) }
      if !isAnchored {
        try fileSystem.synchronizeDirectory()
        isAnchored = true
      }
    } catch {
      close(fileSystem)
      throw error
    }
    generation = next
  }

  /// Makes durable what was written last.
  mutating func synchronize(_ fileSystem: any FileSystem) throws(FileError) {
    guard isUnsynchronized, let file else { return }
    do throws(FileError) { try synchronize(file, fileSystem) } catch {
      close(fileSystem)
      throw error
    }
  }

  private mutating func synchronize(_ file: FileHandle, _ fileSystem: any FileSystem) throws(FileError) {
    try fileSystem.synchronize(file)
    durableSlot = 1 - durableSlot
    isDurable = true
    isUnsynchronized = false
  }

  private func open(_ fileSystem: any FileSystem) throws(FileError) -> FileHandle {
    do throws(FileError) { return try fileSystem.open(name, writable: true) } catch {
      return try fileSystem.create(name)
    }
  }

  mutating func close(_ fileSystem: any FileSystem) {
    if let file { fileSystem.close(file) }
    file = nil
    isAnchored = false
    isDurable = false
    isUnsynchronized = false
  }
}
