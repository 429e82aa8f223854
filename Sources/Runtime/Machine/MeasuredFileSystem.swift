import Agent
import Glibc
import Samples
import Spool

/// A directory whose syncs are timed: how long the disk lets the engine wait is the first thing to know of a slow one.
final class MeasuredFileSystem: FileSystem {
  private let base: any FileSystem
  private(set) var syncDuration = DurationHistogram.synchronization

  init(_ base: any FileSystem) { self.base = base }

  func synchronize(_ file: FileHandle) throws(FileError) {
    let start = Self.microseconds()
    defer { syncDuration.observe(microseconds: Self.microseconds() - start) }
    try base.synchronize(file)
  }

  private static func microseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  var recreations: Int { base.recreations }

  func list() throws(FileError) -> [DirectoryEntry] { try base.list() }
  func create(_ name: String) throws(FileError) -> FileHandle { try base.create(name) }
  func open(_ name: String, writable: Bool) throws(FileError) -> FileHandle { try base.open(name, writable: writable) }
  func byteCount(_ file: FileHandle) throws(FileError) -> Int { try base.byteCount(file) }
  func read(_ file: FileHandle, at offset: Int, count: Int, into buffer: inout ByteBuffer) throws(FileError) {
    try base.read(file, at: offset, count: count, into: &buffer)
  }
  func write(_ bytes: Span<UInt8>, to file: FileHandle, at offset: Int) throws(FileError) {
    try base.write(bytes, to: file, at: offset)
  }
  func synchronizeDirectory() throws(FileError) { try base.synchronizeDirectory() }
  func remove(_ name: String) throws(FileError) { try base.remove(name) }
  func close(_ file: FileHandle) { base.close(file) }
  func lock(_ name: String) throws(FileError) -> FileHandle? { try base.lock(name) }
}
