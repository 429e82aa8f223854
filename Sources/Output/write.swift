/// Brings an output directory to what the plan says, so that whoever looks finds each file old or new, never half.
///
/// Everything is staged beside the files before the first of them changes: a full disk is met while the old tree is
/// whole. Then files are renamed into place one by one, with the manifest owning both versions meanwhile; a run that is
/// killed between two is finished by the next. Files are not forced to the disk: what a power cut takes is rendered again.
///
/// - Parameter force: whether to replace what is in the way. Directories stay even then.
/// - Throws: `conflicts` before anything is written.
package func write(_ plan: WritePlan, to tree: some FileTree, force: Bool) throws(OutputFailure) {
  let blocking = force ? plan.conflicts.filter { !$0.yieldsToForce } : plan.conflicts
  if !blocking.isEmpty { throw .conflicts(blocking) }
  if plan.isEmpty { return }

  let written = plan.changes.filter { $0.action == .create || $0.action == .update }
  let pruned = plan.changes.filter { $0.action == .prune }
  do throws(FileError) {
    try checkWritable(written + pruned, in: tree)
    do throws(FileError) {
      for (number, change) in written.enumerated() { try tree.stage(change.new ?? [], as: number) }
      try tree.stage(Array(plan.manifestDuring.text.utf8), as: written.count)
      try tree.stage(Array(plan.manifest.text.utf8), as: written.count + 1)
      try perform(plan, written, pruned, in: tree)
    } catch {
      tree.discardStaged()
      throw error
    }
  } catch { throw .file(error) }
  tree.discardStaged()
}

private func perform(
  _ plan: WritePlan,
  _ written: [WritePlan.Change],
  _ pruned: [WritePlan.Change],
  in tree: some FileTree
) throws(FileError) {
  if !written.isEmpty || !pruned.isEmpty { try tree.promote(written.count, to: Manifest.path) }
  for path in plan.obstacles { try tree.remove(path) }
  var checked: Set<OutputPath> = []
  for change in written {
    for directory in change.path.ancestors where checked.insert(directory).inserted {
      if try tree.entry(at: directory) == nil { try tree.createDirectory(directory) }
    }
  }
  for (number, change) in written.enumerated() { try tree.promote(number, to: change.path) }
  for change in pruned { try tree.remove(change.path) }
  for directory in Set(pruned.flatMap(\.path.ancestors)).sorted().reversed() {
    try tree.removeEmptyDirectory(directory)
  }
  try tree.promote(written.count + 1, to: Manifest.path)
}

/// Directories that exist must take the changes, before anything is changed.
private func checkWritable(_ changes: [WritePlan.Change], in tree: some FileTree) throws(FileError) {
  var writable: Set<OutputPath> = []
  try tree.checkWritable(nil)
  for change in changes {
    for directory in change.path.ancestors where !writable.contains(directory) {
      guard try tree.entry(at: directory) == .directory else { break }
      try tree.checkWritable(directory)
      writable.insert(directory)
    }
  }
}
