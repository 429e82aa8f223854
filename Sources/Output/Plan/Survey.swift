import Document
import Glibc

/// What an output directory holds where a render has to do with it: the manifest, and what stands at each path that is
/// wanted or recorded, and above it.
public struct Survey: Hashable, Sendable {
  public enum Found: Hashable, Sendable {
    case file(Contents)
    case directory
    case link
    case other
  }

  public enum Contents: Hashable, Sendable {
    case bytes([UInt8])
    /// Longer than anything that is rendered, so not read.
    case tooLong(byteCount: Int)
  }

  /// `nil` where there is none.
  public var manifest: Manifest?
  /// The manifest's bytes as they are.
  public var manifestBytes: [UInt8]?
  /// Whether the directory holds nothing at all.
  public var isEmpty: Bool
  public var entries: [OutputPath: Found]

  public init(
    manifest: Manifest? = nil,
    manifestBytes: [UInt8]? = nil,
    isEmpty: Bool = true,
    entries: [OutputPath: Found] = [:]
  ) {
    self.manifest = manifest
    self.manifestBytes = manifestBytes
    self.isEmpty = isEmpty
    self.entries = entries
  }

  static let maximumByteCount = 64 << 20

  /// Looks at the tree, changing nothing.
  ///
  /// - Parameter replacingManifest: whether a manifest that can't be read counts as none, rather than as a failure.
  public init(
    of tree: some FileTree,
    wanted: [OutputFile],
    replacingManifest: Bool
  ) throws(OutputFailure) {
    do throws(FileError) {
      self.init(isEmpty: try tree.topNames().isEmpty)
      switch try tree.entry(at: Manifest.path) {
      case .file(let byteCount) where byteCount <= Survey.maximumByteCount:
        manifestBytes = try tree.read(Manifest.path)
      case nil: break
      default:
        if !replacingManifest { throw FileError(.read, tree.name + "/" + Manifest.path.text, EINVAL) }
      }
    } catch { throw .file(error) }

    if let manifestBytes {
      do throws(Manifest.ReadingError) {
        manifest = try Manifest(reading: manifestBytes)
      } catch {
        if !replacingManifest { throw .manifest(tree.name + "/" + Manifest.path.text, error) }
      }
    }

    let recorded = manifest?.records.map(\.path) ?? []
    do throws(FileError) {
      var missing: Set<OutputPath> = []
      for path in Set(wanted.map(\.path) + recorded) { try look(at: path, in: tree, &missing) }
    } catch { throw .file(error) }
  }

  /// Looks from the top down, and no further than something that isn't a directory.
  ///
  /// - Parameter missing: directories that were looked for and aren't there.
  private mutating func look(
    at path: OutputPath,
    in tree: some FileTree,
    _ missing: inout Set<OutputPath>
  ) throws(FileError) {
    for directory in path.ancestors {
      if missing.contains(directory) { return }
      if entries[directory] == nil {
        guard let found = try found(at: directory, in: tree) else {
          missing.insert(directory)
          return
        }
        entries[directory] = found
      }
      if entries[directory] != .directory { return }
    }
    if entries[path] == nil { entries[path] = try found(at: path, in: tree) }
  }

  private func found(at path: OutputPath, in tree: some FileTree) throws(FileError) -> Found? {
    switch try tree.entry(at: path) {
    case .file(let byteCount):
      .file(byteCount > Survey.maximumByteCount ? .tooLong(byteCount: byteCount) : .bytes(try tree.read(path)))
    case .directory: .directory
    case .link: .link
    case .other: .other
    case nil: nil
    }
  }
}
