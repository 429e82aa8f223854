import Glibc
public import Samples
public import Spool

/// A directory in memory that loses what a real one may lose.
///
/// It knows of each byte and each name whether it was synced. `crashed` gives what a power cut could leave: of the writes since
/// the last sync any subset of their 512-byte sectors, of the names since the last sync of the directory any subset.
/// After a failed sync the writes are lost or not, and no later sync changes that (as Linux does).
public final class SimulatedFileSystem: FileSystem {
  public struct Write {
    public let offset: Int
    public let bytes: [UInt8]
  }

  public struct File {
    public var durable: [UInt8] = []
    public var current: [UInt8] = []
    public var unsynced: [Write] = []
    /// Written before a sync that failed: no sync will ever bring them to the disk.
    public var limbo: [Write] = []
  }

  public enum Fault: Hashable, Sendable {
    case error(Int32)
    /// Half of a write is done, then the error.
    case half(Int32)
    /// The machine stops at this call: everything after it fails, too.
    case stop(half: Bool)
  }

  /// Asked at each call, with its number from 1.
  public var fault: (Int) -> Fault? = { _ in nil }
  public private(set) var callCount = 0
  public private(set) var isStopped = false
  public var files: [Int: File] = [:]
  private var names: [String: Int] = [:]
  private var durableNames: [String: Int] = [:]
  private var handles: [Int32: Int] = [:]
  private var nextFile = 1
  private var nextHandle: Int32 = 3
  private var lockHolder: Int32?
  public var capacity = Int.max
  /// Bytes of a file that can't be read.
  public var unreadable: [String: Range<Int>] = [:]

  public init() {}

  private func check(_ call: FileError.Call, _ name: String) throws(FileError) -> Bool {
    callCount += 1
    if isStopped { throw FileError(call, name, code: EIO) }
    switch fault(callCount) {
    case nil: return false
    case .error(let code): throw FileError(call, name, code: code)
    case .half(let code):
      guard call == .write else { throw FileError(call, name, code: code) }
      return true
    case .stop(let half):
      isStopped = true
      guard call == .write, half else { throw FileError(call, name, code: EIO) }
      return true
    }
  }

  public func list() throws(FileError) -> [DirectoryEntry] {
    _ = try check(.list, ".")
    return names.map { DirectoryEntry(name: $0.key, isRegularFile: true, byteCount: files[$0.value]!.current.count) }
  }

  public func create(_ name: String) throws(FileError) -> FileHandle {
    _ = try check(.create, name)
    if names[name] != nil { throw FileError(.create, name, code: EEXIST) }
    files[nextFile] = File()
    names[name] = nextFile
    nextFile += 1
    return open(names[name]!)
  }

  public func open(_ name: String, writable: Bool) throws(FileError) -> FileHandle {
    _ = try check(.open, name)
    guard let file = names[name] else { throw FileError(.open, name, code: ENOENT) }
    return open(file)
  }

  private func open(_ file: Int) -> FileHandle {
    handles[nextHandle] = file
    nextHandle += 1
    return FileHandle(rawValue: nextHandle - 1)
  }

  public func byteCount(_ file: FileHandle) throws(FileError) -> Int { files[handles[file.rawValue]!]!.current.count }

  public func read(_ file: FileHandle, at offset: Int, count: Int, into buffer: inout ByteBuffer) throws(FileError) {
    _ = try check(.read, "")
    let number = handles[file.rawValue]!
    let bytes = files[number]!.current
    guard offset < bytes.count else { return }
    let range = offset..<min(offset + count, bytes.count)
    for (name, bad) in unreadable where names[name] == number && bad.overlaps(range) {
      throw FileError(.read, name, code: EIO)
    }
    buffer.append(bytes.span.extracting(range))
  }

  public func write(_ bytes: Span<UInt8>, to file: FileHandle, at offset: Int) throws(FileError) {
    let isHalf = try check(.write, "")
    let number = handles[file.rawValue]!
    var written = bytes.array
    let room = capacity - byteCount + files[number]!.current.count - offset
    let isFull = written.count > room
    if isFull { written = Array(written.prefix(max(room, 0))) }
    if isHalf { written = Array(written.prefix(written.count / 2)) }
    Self.apply(Write(offset: offset, bytes: written), to: &files[number]!.current)
    files[number]!.unsynced.append(Write(offset: offset, bytes: written))
    if isFull || isHalf { throw FileError(.write, "", code: ENOSPC) }
  }

  public func synchronize(_ file: FileHandle) throws(FileError) {
    let number = handles[file.rawValue]!
    do throws(FileError) { _ = try check(.synchronize, "") } catch {
      files[number]!.limbo += files[number]!.unsynced
      files[number]!.unsynced = []
      throw error
    }
    for write in files[number]!.unsynced { Self.apply(write, to: &files[number]!.durable) }
    files[number]!.unsynced = []
  }

  public func synchronizeDirectory() throws(FileError) {
    _ = try check(.synchronizeDirectory, ".")
    durableNames = names
  }

  public func remove(_ name: String) throws(FileError) {
    _ = try check(.remove, name)
    guard names.removeValue(forKey: name) != nil else { throw FileError(.remove, name, code: ENOENT) }
  }

  public func close(_ file: FileHandle) {
    if lockHolder == file.rawValue { lockHolder = nil }
    handles[file.rawValue] = nil
  }

  public func lock(_ name: String) throws(FileError) -> FileHandle? {
    _ = try check(.lock, name)
    if lockHolder != nil { return nil }
    lockHolder = nextHandle
    nextHandle += 1
    return FileHandle(rawValue: nextHandle - 1)
  }

  private static func apply(_ write: Write, to bytes: inout [UInt8]) {
    let end = write.offset + write.bytes.count
    if bytes.count < end { bytes.append(contentsOf: repeatElement(0, count: end - bytes.count)) }
    bytes.replaceSubrange(write.offset..<end, with: write.bytes)
  }

  /// Everything as the process left it: what SIGKILL leaves.
  public func killed() -> SimulatedFileSystem {
    let copy = SimulatedFileSystem()
    copy.files = files
    copy.names = names
    copy.durableNames = durableNames
    copy.nextFile = nextFile
    return copy
  }

  /// What a power cut may leave.
  public func crashed(_ random: inout some RandomNumberGenerator) -> SimulatedFileSystem {
    let copy = SimulatedFileSystem()
    copy.nextFile = nextFile
    for name in Set(names.keys).union(durableNames.keys).sorted() {
      let (now, before) = (names[name], durableNames[name])
      if let file = now == before || Bool.random(using: &random) ? now : before { copy.names[name] = file }
    }
    copy.durableNames = copy.names
    for (number, file) in files.sorted(by: { $0.key < $1.key }) where copy.names.values.contains(number) {
      var bytes = file.durable
      let mode = Int.random(in: 0..<4, using: &random)
      for write in file.limbo + file.unsynced {
        for sector in stride(from: 0, to: write.bytes.count, by: 512) {
          let keep = mode == 0 ? true : mode == 1 ? false : Bool.random(using: &random)
          guard keep else { continue }
          let part = write.bytes[sector..<min(sector + 512, write.bytes.count)]
          Self.apply(Write(offset: write.offset + sector, bytes: Array(part)), to: &bytes)
        }
      }
      copy.files[number] = File(durable: bytes, current: bytes)
    }
    return copy
  }

  public subscript(name: String) -> [UInt8] {
    get { files[names[name]!]!.current }
    set {
      if names[name] == nil {
        names[name] = nextFile
        durableNames[name] = nextFile
        nextFile += 1
      }
      files[names[name]!] = File(durable: newValue, current: newValue)
    }
  }

  public var allNames: [String] { names.keys.sorted() }
  /// Of all files that have a name or are open.
  public var byteCount: Int {
    let held = Set(names.values).union(handles.values)
    return held.reduce(0) { $0 + files[$1]!.current.count }
  }
}
