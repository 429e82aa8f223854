import Samples

/// Puts right in a directory what can be put right, under its lock (docs/formats/spool.md, 9).
public final class SpoolRepair {
  /// What was done, or would be.
  public enum Action: Hashable {
    /// So many bytes of a segment come back from parity; the file as it was stays under another name, or doesn't.
    case mend(file: String, byteCount: Int, keptAs: String?)
    /// The slot of a cursor that doesn't hold is written anew.
    case rewriteCursor(file: String)
  }

  /// Why it stopped.
  public enum Failure: Error, Hashable {
    case file(FileError)
    /// Another process has the directory.
    case locked
    /// A file of a later version.
    case newerFormat(file: String, readerVersion: UInt16)
    /// The new file reads worse than the old one, which was left in its place.
    case unproven(file: String)
  }

  private static let newSuffix = ".repair"
  private static let damagedSuffix = ".damaged"
  private static let copyByteCount = 256 << 10

  private let fileSystem: any RepairableFileSystem
  private var lock: FileHandle?

  /// Takes the lock, unless nothing is going to be written.
  public init(_ fileSystem: any RepairableFileSystem, isWriting: Bool) throws(Failure) {
    self.fileSystem = fileSystem
    guard isWriting else { return }
    do throws(FileError) { lock = try fileSystem.lock(Spool.lockName) } catch { throw .file(error) }
    if lock == nil { throw .locked }
  }

  deinit { if let lock { fileSystem.close(lock) } }

  /// - Parameters:
  ///   - keepingDamaged: whether the file as it was stays, as `….damaged`.
  ///   - report: takes each action once it is done, or found to be due where nothing is written.
  public func run(keepingDamaged: Bool, _ report: (Action) -> Void) throws(Failure) {
    let inspection: SpoolInspection
    do throws(FileError) {
      inspection = try SpoolInspection(fileSystem)
      // Of a repair that was cut short before the file had its name.
      for name in inspection.foreignFiles where lock != nil && Self.isLeftOver(name) { try fileSystem.remove(name) }
    } catch { throw .file(error) }
    if let newer = inspection.newer.first {
      throw .newerFormat(file: newer.name, readerVersion: newer.readerVersion)
    }
    for info in inspection.infos { try repair(info, keepingDamaged, inspection.foreignFiles, report) }
    for destination in inspection.destinations where !destination.isLost {
      guard !CursorReading(fileSystem, destination.name).damagedOffsets.isEmpty else { continue }
      try rewrite(destination.name, report)
    }
  }

  private static func isLeftOver(_ name: String) -> Bool {
    name.hasSuffix(newSuffix) && SegmentHeader.number(String(name.dropLast(newSuffix.count))) != nil
  }

  private func repair(
    _ info: SegmentInfo,
    _ keepingDamaged: Bool,
    _ taken: [String],
    _ report: (Action) -> Void
  ) throws(Failure) {
    let name = SegmentHeader.name(info.number)
    let old = try read(info, name)
    guard !old.patches.isEmpty else { return }
    var kept: String?
    if keepingDamaged {
      var candidate = name + Self.damagedSuffix
      var count = 1
      while taken.contains(candidate) {
        candidate = name + Self.damagedSuffix + ".\(count)"
        count += 1
      }
      kept = candidate
    }
    if lock != nil {
      do throws(FileError) { try copy(name, info.byteCount, old.patches) } catch { throw .file(error) }
      let new = try read(info, name + Self.newSuffix)
      guard new.patches.isEmpty, new.records >= old.records else { throw .unproven(file: name) }
      do throws(FileError) {
        // A second name before the first one is given away: there is a segment of that name at every moment.
        if let kept { try fileSystem.link(name, to: kept) }
        try fileSystem.rename(name + Self.newSuffix, to: name)
        try fileSystem.synchronizeDirectory()
      } catch { throw .file(error) }
    }
    report(.mend(file: name, byteCount: old.patches.reduce(0) { $0 + $1.bytes.count }, keptAs: kept))
  }

  /// How much of a segment can be read, and what parity gives back on the way.
  private func read(_ info: SegmentInfo, _ name: String) throws(Failure) -> (
    records: Int, patches: [(offset: Int, bytes: [UInt8])]
  ) {
    let file: FileHandle
    do throws(FileError) { file = try fileSystem.open(name, writable: false) } catch { throw .file(error) }
    defer { fileSystem.close(file) }
    var scanner = SegmentScanner(number: info.number, file: file)
    var bytes = ByteBuffer()
    do throws(FileError) { try fileSystem.read(file, at: 0, count: SegmentHeader.byteCount, into: &bytes) } catch {
      bytes.removeAll()
    }
    if case .damaged = SegmentHeader.read(bytes.span, number: info.number) {
      _ = scanner.mendHeader(fileSystem, limit: info.byteCount)
    }
    var records = 0
    while let header = scanner.next(fileSystem, limit: info.byteCount) {
      if header.isData { records += 1 }
    }
    return (records, scanner.patches)
  }

  private func copy(_ name: String, _ byteCount: Int, _ patches: [(offset: Int, bytes: [UInt8])]) throws(FileError) {
    let old = try fileSystem.open(name, writable: false)
    defer { fileSystem.close(old) }
    let new = try fileSystem.create(name + Self.newSuffix)
    defer { fileSystem.close(new) }
    var buffer = ByteBuffer()
    var offset = 0
    var damage = SegmentDamage()
    while offset < byteCount {
      buffer.removeAll()
      let count = min(Self.copyByteCount, byteCount - offset)
      SegmentScanner.read(fileSystem, old, offset, count, patches: patches, damage: &damage, into: &buffer)
      try fileSystem.write(buffer.span, to: new, at: offset)
      offset += count
    }
    try fileSystem.synchronize(new)
  }

  /// A store goes to the slot that doesn't rule, which is the one that doesn't hold.
  private func rewrite(_ destination: String, _ report: (Action) -> Void) throws(Failure) {
    var file = CursorFile(destination: destination)
    if lock != nil {
      do throws(SpoolError) {
        guard case .found(let cursor) = try file.load(fileSystem, exists: true) else { return }
        defer { file.close(fileSystem) }
        do throws(FileError) { try file.store(cursor, fileSystem) } catch { throw .unreadable(error) }
      } catch {
        switch error {
        case .unreadable(let cause): throw .file(cause)
        case .newerFormat(let name, let version): throw .newerFormat(file: name, readerVersion: version)
        default: return
        }
      }
    }
    report(.rewriteCursor(file: file.name))
  }
}
