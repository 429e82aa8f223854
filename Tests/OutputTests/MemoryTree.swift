import Glibc
import Output

/// An output directory in memory that keeps the rules of a file system, and stops working when told to.
final class MemoryTree: FileTree {
  enum Node: Hashable {
    case file([UInt8])
    case directory
    case link
  }

  /// The machine is gone: nothing after it happens, cleaning up least of all.
  static let crash: Int32 = -1

  let name = "out"
  var nodes: [OutputPath: Node]
  private(set) var staged: [Int: [UInt8]] = [:]
  private(set) var stagedTree: [OutputPath: [UInt8]] = [:]
  /// Changes made so far.
  private(set) var operationCount = 0
  /// The change that fails, counted from 0, and its code.
  var failure: (operation: Int, code: Int32)?
  private var isGone = false

  init(_ nodes: [OutputPath: Node] = [:]) { self.nodes = nodes }

  private func step(_ operation: FileError.Operation, _ path: String) throws(FileError) {
    if isGone { throw FileError(operation, path, Self.crash) }
    defer { operationCount += 1 }
    guard let failure, failure.operation == operationCount else { return }
    isGone = failure.code == Self.crash
    throw FileError(operation, path, failure.code)
  }

  private func requireParent(_ operation: FileError.Operation, _ path: OutputPath) throws(FileError) {
    for directory in path.ancestors {
      switch nodes[directory] {
      case .directory: continue
      case nil: throw FileError(operation, path.text, ENOENT)
      default: throw FileError(operation, path.text, ENOTDIR)
      }
    }
  }

  func entry(at path: OutputPath) throws(FileError) -> FileTreeEntry? {
    try requireParent(.inspect, path)
    return switch nodes[path] {
    case .file(let bytes): .file(byteCount: bytes.count)
    case .directory: .directory
    case .link: .link
    case nil: nil
    }
  }

  func read(_ path: OutputPath) throws(FileError) -> [UInt8] {
    try requireParent(.read, path)
    guard case .file(let bytes) = nodes[path] else { throw FileError(.read, path.text, EISDIR) }
    return bytes
  }

  func topNames() throws(FileError) -> [String] { nodes.keys.filter { $0.parent == nil }.map(\.text) }

  func checkWritable(_ directory: OutputPath?) throws(FileError) {}

  func createDirectory(_ path: OutputPath) throws(FileError) {
    try step(.createDirectory, path.text)
    try requireParent(.createDirectory, path)
    if nodes[path] != nil { throw FileError(.createDirectory, path.text, EEXIST) }
    nodes[path] = .directory
  }

  func remove(_ path: OutputPath) throws(FileError) {
    try step(.remove, path.text)
    try requireParent(.remove, path)
    guard let node = nodes[path], node != .directory else { throw FileError(.remove, path.text, EISDIR) }
    nodes[path] = nil
  }

  func removeEmptyDirectory(_ path: OutputPath) throws(FileError) {
    try step(.remove, path.text)
    if !nodes.keys.contains(where: { $0.ancestors.contains(path) }) { nodes[path] = nil }
  }

  func stage(_ bytes: [UInt8], as number: Int) throws(FileError) {
    try step(.write, "staged")
    if staged[number] != nil { throw FileError(.create, "staged", EEXIST) }
    staged[number] = bytes
  }

  func promote(_ number: Int, to path: OutputPath) throws(FileError) {
    try step(.rename, path.text)
    try requireParent(.rename, path)
    if nodes[path] == .directory { throw FileError(.rename, path.text, EISDIR) }
    guard let bytes = staged.removeValue(forKey: number) else { throw FileError(.rename, path.text, ENOENT) }
    nodes[path] = .file(bytes)
  }

  func stage(_ bytes: [UInt8], at path: OutputPath) throws(FileError) {
    try step(.write, "staged")
    if stagedTree.updateValue(bytes, forKey: path) != nil { throw FileError(.create, path.text, EEXIST) }
  }

  func promoteDirectory(_ directory: OutputPath) throws(FileError) {
    try step(.rename, directory.text)
    if directory.parent != nil { throw FileError(.rename, directory.text, ENOENT) }
    if nodes[directory] != nil { throw FileError(.rename, directory.text, EEXIST) }
    for (path, bytes) in stagedTree where path.ancestors.contains(directory) {
      for above in path.ancestors { nodes[above] = .directory }
      nodes[path] = .file(bytes)
      stagedTree[path] = nil
    }
  }

  func discardStaged() {
    if isGone { return }
    staged = [:]
    stagedTree = [:]
  }

  /// The next run on the same tree.
  func restart() {
    isGone = false
    failure = nil
    staged = [:]
    stagedTree = [:]
  }
}
