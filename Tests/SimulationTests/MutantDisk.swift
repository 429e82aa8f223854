import Agent
import Samples
import Simulation
import Spool

/// A disk about which the spool is told something that isn't so.
final class MutantDisk: FileSystem {
  enum Lie {
    case syncDoesNothing, syncEveryOtherTime, directorySyncDoesNothing, failedSyncTriedAgain, failedWriteBelieved
    case writeCutShort, removesOneTooMany
  }

  private let disk: SimulatedDisk
  private let lie: Lie
  private var syncCount = 0

  init(_ disk: SimulatedDisk, _ lie: Lie) {
    self.disk = disk
    self.lie = lie
  }

  func list() throws(FileError) -> [DirectoryEntry] { try disk.list() }
  func create(_ name: String) throws(FileError) -> FileHandle { try disk.create(name) }
  func open(_ name: String, writable: Bool) throws(FileError) -> FileHandle { try disk.open(name, writable: writable) }
  func byteCount(_ file: FileHandle) throws(FileError) -> Int { try disk.byteCount(file) }
  func close(_ file: FileHandle) { disk.close(file) }
  func lock(_ name: String) throws(FileError) -> FileHandle? { try disk.lock(name) }

  func read(_ file: FileHandle, at offset: Int, count: Int, into buffer: inout ByteBuffer) throws(FileError) {
    try disk.read(file, at: offset, count: count, into: &buffer)
  }

  func write(_ bytes: Span<UInt8>, to file: FileHandle, at offset: Int) throws(FileError) {
    switch lie {
    case .failedWriteBelieved:
      do throws(FileError) { try disk.write(bytes, to: file, at: offset) } catch {}
    case .writeCutShort where bytes.count > 200 && bytes.count < 4096:
      try disk.write(bytes.extracting(0..<bytes.count - 100), to: file, at: offset)
    default: try disk.write(bytes, to: file, at: offset)
    }
  }

  func synchronize(_ file: FileHandle) throws(FileError) {
    syncCount += 1
    switch lie {
    case .syncDoesNothing: return
    case .syncEveryOtherTime where syncCount % 2 == 0: return
    case .failedSyncTriedAgain: do throws(FileError) { try disk.synchronize(file) } catch {}
    default: try disk.synchronize(file)
    }
  }

  func synchronizeDirectory() throws(FileError) {
    if lie != .directorySyncDoesNothing { try disk.synchronizeDirectory() }
  }

  func remove(_ name: String) throws(FileError) {
    try disk.remove(name)
    guard lie == .removesOneTooMany else { return }
    let next = try disk.list().map(\.name).first { $0 > name && !$0.hasSuffix(".cursor") && $0 != "LOCK" }
    if let next { try disk.remove(next) }
  }
}
