/// Brings an output directory to what the plan says, so that whoever looks finds each file old or new, never half.
///
/// Everything is staged beside the files before the first of them changes: a full disk is met while the old tree is
/// whole. Then files are renamed into place one by one, and a top directory that wasn't there with all that is in it,
/// with the manifest owning both versions meanwhile; a run that is killed between two is finished by the next. Files are
/// not forced to the disk: what a power cut takes is rendered again.
///
/// - Parameter force: whether to replace what is in the way. Directories stay even then.
/// - Throws: `conflicts` before anything is written.
public func write(_ plan: WritePlan, to tree: some FileTree, force: Bool) throws(OutputFailure) {
  let blocking = force ? plan.conflicts.filter { !$0.yieldsToForce } : plan.conflicts
  if !blocking.isEmpty { throw .conflicts(blocking) }
  if plan.isEmpty { return }

  do throws(FileError) {
    let writing = try Writing(plan, in: tree)
    do throws(FileError) {
      try writing.stage(in: tree)
      try writing.perform(in: tree)
    } catch {
      tree.discardStaged()
      throw error
    }
  } catch { throw .file(error) }
  tree.discardStaged()
}

/// A plan's changes by how they get to their places.
private struct Writing {
  private let plan: WritePlan
  /// Into directories that are there, or are made one by one.
  private var single: [WritePlan.Change] = []
  /// Into top directories that are not there yet.
  private var fresh: [WritePlan.Change] = []
  /// Those directories, in order.
  private var freshDirectories: [OutputPath] = []
  private let pruned: [WritePlan.Change]
  /// Whether the manifest owns more meanwhile than at the end: not where nothing of an earlier render changes.
  private let needsInterim: Bool

  /// Directories that exist must take the changes, before anything is changed.
  init(_ plan: WritePlan, in tree: some FileTree) throws(FileError) {
    self.plan = plan
    pruned = plan.changes.filter { $0.action == .prune }
    needsInterim = plan.changes.contains { $0.action != .keep } && plan.manifestDuring != plan.manifest
    try tree.checkWritable(nil)
    var isThere: [OutputPath: Bool] = [:]
    for change in plan.changes where change.action != .keep {
      let ancestors = change.path.ancestors
      for directory in ancestors where isThere[directory] == nil {
        if let above = directory.parent, isThere[above] != true {
          isThere[directory] = false
          continue
        }
        let entry = try tree.entry(at: directory)
        isThere[directory] = entry == .directory
        if entry == .directory { try tree.checkWritable(directory) }
        if entry == nil, directory.parent == nil { freshDirectories.append(directory) }
      }
      if change.action == .prune { continue }
      if let top = ancestors.first, freshDirectories.contains(top) {
        fresh.append(change)
      } else {
        single.append(change)
      }
    }
  }

  private var interimManifest: Int { single.count }
  private var finalManifest: Int { single.count + 1 }

  func stage(in tree: some FileTree) throws(FileError) {
    for change in fresh { try tree.stage(change.new ?? [], at: change.path) }
    for (number, change) in single.enumerated() { try tree.stage(change.new ?? [], as: number) }
    if needsInterim { try tree.stage(Array(plan.manifestDuring.text.utf8), as: interimManifest) }
    try tree.stage(plan.manifestBytes, as: finalManifest)
  }

  func perform(in tree: some FileTree) throws(FileError) {
    try tree.promote(needsInterim ? interimManifest : finalManifest, to: Manifest.path)
    for path in plan.obstacles { try tree.remove(path) }
    var checked: Set<OutputPath> = []
    for change in single {
      for directory in change.path.ancestors where checked.insert(directory).inserted {
        if try tree.entry(at: directory) == nil { try tree.createDirectory(directory) }
      }
    }
    for directory in freshDirectories { try tree.promoteDirectory(directory) }
    for (number, change) in single.enumerated() { try tree.promote(number, to: change.path) }
    for change in pruned { try tree.remove(change.path) }
    for directory in Set(pruned.flatMap(\.path.ancestors)).sorted().reversed() {
      try tree.removeEmptyDirectory(directory)
    }
    if needsInterim { try tree.promote(finalManifest, to: Manifest.path) }
  }
}
