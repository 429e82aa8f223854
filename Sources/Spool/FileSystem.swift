public import Samples

/// A file that is open, by a number of its file system.
public struct FileHandle: Hashable, Sendable {
  public let rawValue: Int32
  public init(rawValue: Int32) { self.rawValue = rawValue }
}

/// A call that failed, with what the system said.
public struct FileError: Error, Hashable, Sendable {
  public enum Call: String, Sendable {
    case openDirectory, list, create, open, read, write, synchronize, synchronizeDirectory, remove, rename, link, lock
  }

  public let call: Call
  public let name: String
  /// `errno`.
  public let code: Int32

  public init(_ call: Call, _ name: String, code: Int32) {
    self.call = call
    self.name = name
    self.code = code
  }
}

/// A name in a directory, and what it stands for.
public struct DirectoryEntry: Hashable, Sendable {
  public let name: String
  /// A regular file, not a link to one.
  public let isRegularFile: Bool
  public let byteCount: Int

  public init(name: String, isRegularFile: Bool, byteCount: Int) {
    self.name = name
    self.isRegularFile = isRegularFile
    self.byteCount = byteCount
  }
}

/// One directory, and all that the spool ever does in it. The only way from the spool to a disk, so that tests and
/// simulation can put one of their own in its place.
///
/// Names are single components. A short write is completed or an error; how much of a failed write is in the file is unknown.
public protocol FileSystem: AnyObject {
  func list() throws(FileError) -> [DirectoryEntry]
  /// Creates a file that must not exist, for writing and reading.
  func create(_ name: String) throws(FileError) -> FileHandle
  func open(_ name: String, writable: Bool) throws(FileError) -> FileHandle
  func byteCount(_ file: FileHandle) throws(FileError) -> Int
  /// Appends up to `count` bytes from `offset` to `buffer`; fewer only at the end of the file.
  func read(_ file: FileHandle, at offset: Int, count: Int, into buffer: inout ByteBuffer) throws(FileError)
  func write(_ bytes: Span<UInt8>, to file: FileHandle, at offset: Int) throws(FileError)
  /// Data, and of the metadata what is needed to find it.
  func synchronize(_ file: FileHandle) throws(FileError)
  func synchronizeDirectory() throws(FileError)
  func remove(_ name: String) throws(FileError)
  /// Closing is never what makes data durable, so it has no result.
  func close(_ file: FileHandle)
  /// Takes the lock of that name until the process ends or `close`; nothing if another holds it.
  func lock(_ name: String) throws(FileError) -> FileHandle?
  /// How often the directory was gone and had to be made again.
  var recreations: Int { get }
}

extension FileSystem {
  public var recreations: Int { 0 }
}

/// A directory in which a file can be put in the place of another, which only repairs do.
public protocol RepairableFileSystem: FileSystem {
  /// At once; whatever had the new name is gone.
  func rename(_ name: String, to new: String) throws(FileError)
  /// Gives a file a second name, which nothing may have.
  func link(_ name: String, to new: String) throws(FileError)
}
