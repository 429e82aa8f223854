import Glibc

/// An output directory on disk, held open and locked against other renders until the value goes away.
///
/// Directories inside are opened name by name without following links and kept open, so that nobody can swap one for a
/// link between looking and writing.
public final class Disk: FileTree {
  public let name: String
  private let top: Descriptor
  private var directories: [OutputPath: Held] = [:]
  private var staging: Held?
  private var tree: Held?
  private var stagedDirectories: [OutputPath: Held] = [:]
  /// Directories made for this run on the way to the top, outermost first.
  private var made: [String] = []

  /// Beside the files, so that a rename is enough to put one in place.
  static let stagingName = ".rescfg-staging"

  /// In the staging directory, where numbers are files.
  private static let stagedTreeName = "tree"

  private final class Held {
    let descriptor: Descriptor
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  }

  private init(_ name: String, _ top: consuming Descriptor, made: [String]) {
    self.name = name
    self.top = top
    self.made = made
  }

  /// The directory as it is; `nil` where there is none.
  public static func existing(_ path: String) throws(FileError) -> Disk? {
    do throws(FileError) {
      return Disk(path, try .directory(path), made: [])
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
  }

  /// The directory, made with the ones above it where they are missing, and locked.
  public static func forWriting(_ path: String) throws(FileError) -> Disk {
    var made: [String] = []
    do throws(FileError) {
      for prefix in prefixes(of: path) {
        do throws(FileError) {
          try system(.createDirectory, prefix) { unsafe mkdir(prefix, 0o777) }
          made.append(prefix)
        } catch {
          // What is there already is judged when it is opened: root directories answer EROFS or EACCES too.
          guard unsafe access(prefix, F_OK) == 0 else { throw error }
        }
      }
      let top = try Descriptor.directory(path)
      try top.lock()
      return Disk(path, top, made: made)
    } catch {
      removeDirectories(made)
      throw error
    }
  }

  /// Takes back the directories that were made for this run, where they are still empty.
  public func abandon() { Disk.removeDirectories(made) }

  private static func removeDirectories(_ paths: [String]) {
    for path in paths.reversed() { unsafe rmdir(path) }
  }

  /// `a`, `a/b`, `a/b/c` for `a/b/c`.
  private static func prefixes(of path: String) -> [String] {
    let bytes = Array(path.utf8)
    let ends = bytes.indices.filter { $0 > 0 && bytes[$0] == UInt8(ascii: "/") && bytes[$0 - 1] != UInt8(ascii: "/") }
    let all = ends.map { String(decoding: bytes[..<$0], as: UTF8.self) }
    return bytes.last == UInt8(ascii: "/") ? all : all + [path]
  }

  /// Runs `body` on the open directory at the path, `nil` for the top.
  private func within<Result>(
    _ path: OutputPath?,
    _ body: (borrowing Descriptor) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    guard let path else { return try body(top) }
    if let held = directories[path] { return try body(held.descriptor) }
    let opened = try within(path.parent) { parent throws(FileError) in Held(try parent.openDirectory(path.name)) }
    directories[path] = opened
    return try body(opened.descriptor)
  }

  public func entry(at path: OutputPath) throws(FileError) -> FileTreeEntry? {
    let kind: FileKind?
    do throws(FileError) {
      kind = try within(path.parent) { directory throws(FileError) in try directory.kind(of: path.name) }
    } catch {
      // Nothing stands in a directory that isn't there.
      if error.code == ENOENT { return nil }
      throw error
    }
    return switch kind {
    case .file(let byteCount): .file(byteCount: byteCount)
    case .directory: .directory
    case .link: .link
    case .other: .other
    case nil: nil
    }
  }

  public func read(_ path: OutputPath) throws(FileError) -> [UInt8] {
    try within(path.parent) { directory throws(FileError) in
      try directory.openFile(path.name).read(limit: .max)
    }
  }

  public func topNames() throws(FileError) -> [String] {
    try top.names().filter { $0 != Disk.stagingName }
  }

  public func checkWritable(_ directory: OutputPath?) throws(FileError) {
    try within(directory) { directory throws(FileError) in try directory.checkWritable() }
  }

  public func createDirectory(_ path: OutputPath) throws(FileError) {
    try within(path.parent) { directory throws(FileError) in try directory.createDirectory(path.name) }
  }

  public func remove(_ path: OutputPath) throws(FileError) {
    try within(path.parent) { directory throws(FileError) in try directory.remove(path.name) }
  }

  public func removeEmptyDirectory(_ path: OutputPath) throws(FileError) {
    do throws(FileError) {
      try within(path.parent) { directory throws(FileError) in try directory.removeDirectory(path.name) }
      directories[path] = nil
    } catch {
      if ![ENOTEMPTY, EEXIST, ENOENT].contains(error.code) { throw error }
    }
  }
}

// MARK: - Staging

extension Disk {
  public func stage(_ bytes: [UInt8], as number: Int) throws(FileError) {
    try stagingDirectory().descriptor.createFile("\(number)").write(bytes)
  }

  public func promote(_ number: Int, to path: OutputPath) throws(FileError) {
    let staging = try stagingDirectory()
    try within(path.parent) { directory throws(FileError) in
      try staging.descriptor.rename("\(number)", into: directory, as: path.name)
    }
  }

  public func stage(_ bytes: [UInt8], at path: OutputPath) throws(FileError) {
    try stagedDirectory(path.parent).descriptor.createFile(path.name).write(bytes)
  }

  public func promoteDirectory(_ directory: OutputPath) throws(FileError) {
    try stagedTree().descriptor.rename(directory.name, into: top, as: directory.name)
    stagedDirectories = stagedDirectories.filter { $0.key != directory && $0.key.ancestors.first != directory }
  }

  /// The directory that becomes the one at the path, made with those above it where they are missing; `nil` for what holds them all.
  private func stagedDirectory(_ path: OutputPath?) throws(FileError) -> Held {
    if let path, let held = stagedDirectories[path] { return held }
    guard let path else { return try stagedTree() }
    let parent = try stagedDirectory(path.parent)
    try parent.descriptor.createDirectory(path.name)
    let opened = Held(try parent.descriptor.openDirectory(path.name))
    stagedDirectories[path] = opened
    return opened
  }

  private func stagedTree() throws(FileError) -> Held {
    if let tree { return tree }
    let staging = try stagingDirectory()
    try staging.descriptor.createDirectory(Disk.stagedTreeName)
    let opened = Held(try staging.descriptor.openDirectory(Disk.stagedTreeName))
    tree = opened
    return opened
  }

  public func discardStaged() {
    guard let staging else { return }
    stagedDirectories = [:]
    tree = nil
    // Best effort by contract: what stays is removed when the next run opens the directory.
    do throws(FileError) {
      try Disk.empty(staging.descriptor)
      try top.removeDirectory(Disk.stagingName)
    } catch {}
    self.staging = nil
  }

  /// Made, or taken over empty from a run that was killed: the lock says that no other is alive.
  private func stagingDirectory() throws(FileError) -> Held {
    if let staging { return staging }
    if try top.kind(of: Disk.stagingName) == nil { try top.createDirectory(Disk.stagingName) }
    let opened = Held(try top.openDirectory(Disk.stagingName))
    try Disk.empty(opened.descriptor)
    staging = opened
    return opened
  }

  private static func empty(_ directory: borrowing Descriptor) throws(FileError) {
    for name in try directory.names() {
      if try directory.kind(of: name) == .directory {
        try empty(try directory.openDirectory(name))
        try directory.removeDirectory(name)
      } else {
        try directory.remove(name)
      }
    }
  }
}
