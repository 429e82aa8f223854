public import Agent
public import Samples
public import Spool

/// One directory of a node, in memory: what the spool writes to in a simulation.
///
/// It counts bytes and syncs, fills up, fails on demand, and loses at a power cut what a real disk may lose: of the writes since
/// the last sync any subset of their sectors, of the names since the last sync of the directory any subset.
public final class SimulatedDisk: FileSystem {
  /// What the disk does wrong at a call.
  public enum Fault: Hashable, Sendable {
    /// Nothing is done.
    case error(code: Int32)
    /// Half of a write is done.
    case half(code: Int32)
  }

  /// As Linux numbers them.
  public enum Code {
    public static let noEntry: Int32 = 2
    public static let inputOutput: Int32 = 5
    public static let exists: Int32 = 17
    public static let noSpace: Int32 = 28
  }

  /// Asked at each call; nothing while the disk is sound.
  public var fault: ((FileError.Call) -> Fault?)?
  /// Bytes that all files together may have.
  public var capacity = Int.max
  public private(set) var byteCount = 0
  /// Of files that grow with what is collected, which is all but the cursors.
  public private(set) var growingByteCount = 0
  public private(set) var peakGrowingByteCount = 0
  public private(set) var writtenByteCount = 0
  public private(set) var syncCount = 0

  private var names: SimulatedDirectory
  /// As the directory was when it was synced last.
  private var durableNames: SimulatedDirectory
  /// By handle; those that are closed are given out again.
  private var handles: [SimulatedFile?] = []
  private var freeHandles: [Int32] = []
  private var isLocked = false
  private static let lockHandle: Int32 = .max

  public init() {
    names = SimulatedDirectory()
    durableNames = SimulatedDirectory()
  }

  private init(_ files: SimulatedDirectory, durable: SimulatedDirectory) {
    names = files
    durableNames = durable
    byteCount = files.entries.reduce(0) { $0 + $1.file.bytes.count }
    growingByteCount = files.entries.reduce(0) { $0 + ($1.file.isFixed ? 0 : $1.file.bytes.count) }
    peakGrowingByteCount = growingByteCount
  }

  private func check(_ call: FileError.Call, _ name: String) throws(FileError) -> Bool {
    switch fault?(call) {
    case nil: return false
    case .half where call == .write: return true
    case .error(let code), .half(let code): throw FileError(call, name, code: code)
    }
  }

  public func list() throws(FileError) -> [DirectoryEntry] {
    _ = try check(.list, ".")
    return names.entries.map { DirectoryEntry(name: $0.name, isRegularFile: true, byteCount: $0.file.bytes.count) }
  }

  /// Of so many files, in the order of their names.
  func byteCount(ofFirst count: Int) -> Int {
    names.entries.prefix(count).reduce(0) { $0 + $1.file.bytes.count }
  }

  public func create(_ name: String) throws(FileError) -> FileHandle {
    _ = try check(.create, name)
    if names[name] != nil { throw FileError(.create, name, code: Code.exists) }
    let file = SimulatedFile(isFixed: name.hasSuffix(".cursor"))
    names[name] = file
    return handle(file)
  }

  public func open(_ name: String, writable: Bool) throws(FileError) -> FileHandle {
    _ = try check(.open, name)
    guard let file = names[name] else { throw FileError(.open, name, code: Code.noEntry) }
    return handle(file)
  }

  private func handle(_ file: SimulatedFile) -> FileHandle {
    if let free = freeHandles.popLast() {
      handles[Int(free)] = file
      return FileHandle(rawValue: free)
    }
    handles.append(file)
    return FileHandle(rawValue: Int32(handles.count - 1))
  }

  private func file(_ handle: FileHandle) -> SimulatedFile {
    guard handles.indices.contains(Int(handle.rawValue)), let file = handles[Int(handle.rawValue)] else {
      preconditionFailure("BUG: a file is used after it was closed")
    }
    return file
  }

  public func byteCount(_ file: FileHandle) throws(FileError) -> Int { self.file(file).bytes.count }

  public func read(_ file: FileHandle, at offset: Int, count: Int, into buffer: inout ByteBuffer) throws(FileError) {
    _ = try check(.read, "")
    let bytes = self.file(file).bytes
    guard offset < bytes.count else { return }
    buffer.append(bytes.span.extracting(offset..<min(offset + count, bytes.count)))
  }

  public func write(_ bytes: Span<UInt8>, to file: FileHandle, at offset: Int) throws(FileError) {
    let isHalf = try check(.write, "")
    let file = self.file(file)
    var new = bytes.array
    let growth = max(offset + new.count - file.bytes.count, 0)
    let isFull = growth > capacity - byteCount
    if isFull { new.removeLast(min(growth - max(capacity - byteCount, 0), new.count)) }
    if isHalf { new.removeLast(new.count - new.count / 2) }
    let before = file.bytes.count
    file.write(new, at: offset)
    byteCount += file.bytes.count - before
    if !file.isFixed { growingByteCount += file.bytes.count - before }
    peakGrowingByteCount = max(peakGrowingByteCount, growingByteCount)
    writtenByteCount += new.count
    if isFull || isHalf { throw FileError(.write, "", code: isFull ? Code.noSpace : Code.inputOutput) }
  }

  public func synchronize(_ file: FileHandle) throws(FileError) {
    syncCount += 1
    do throws(FileError) { _ = try check(.synchronize, "") } catch {
      self.file(file).failToSynchronize()
      throw error
    }
    self.file(file).synchronize()
  }

  public func synchronizeDirectory() throws(FileError) {
    _ = try check(.synchronizeDirectory, ".")
    syncCount += 1
    durableNames = names
  }

  public func remove(_ name: String) throws(FileError) {
    _ = try check(.remove, name)
    guard let file = names[name] else { throw FileError(.remove, name, code: Code.noEntry) }
    names[name] = nil
    byteCount -= file.bytes.count
    if !file.isFixed { growingByteCount -= file.bytes.count }
  }

  public func close(_ file: FileHandle) {
    if file.rawValue == Self.lockHandle {
      isLocked = false
    } else if handles[Int(file.rawValue)] != nil {
      handles[Int(file.rawValue)] = nil
      freeHandles.append(file.rawValue)
    }
  }

  public func lock(_ name: String) throws(FileError) -> FileHandle? {
    _ = try check(.lock, name)
    if isLocked { return nil }
    isLocked = true
    return FileHandle(rawValue: Self.lockHandle)
  }

  /// What another process finds after this one was killed: everything.
  public func afterKill() -> SimulatedDisk { successor(SimulatedDisk(names, durable: durableNames)) }

  /// What a power cut leaves.
  public func afterPowerCut(using random: inout SeededGenerator) -> SimulatedDisk {
    var files = SimulatedDirectory()
    for name in Set(names.entries.map(\.name)).union(durableNames.entries.map(\.name)).sorted() {
      let (now, before) = (names[name], durableNames[name])
      let file = now === before || Bool.random(using: &random) ? now : before
      guard let file else { continue }
      files[name] = SimulatedFile(file.afterPowerCut(using: &random), isFixed: file.isFixed)
    }
    return successor(SimulatedDisk(files, durable: files))
  }

  private func successor(_ disk: SimulatedDisk) -> SimulatedDisk {
    disk.capacity = capacity
    disk.fault = fault
    disk.peakGrowingByteCount = max(peakGrowingByteCount, disk.growingByteCount)
    disk.writtenByteCount = writtenByteCount
    disk.syncCount = syncCount
    return disk
  }
}
