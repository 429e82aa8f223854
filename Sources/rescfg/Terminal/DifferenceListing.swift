import Output

/// The files of a directory that differ from what is rendered, one a line.
struct DifferenceListing {
  let text: String

  init(_ plan: WritePlan, in directory: String) {
    var lines = plan.changes.compactMap { change in
      Self.word(for: change.action).map { (change.path, $0) }
    }
    let listed = Set(lines.map(\.0))
    // A directory where a file goes is no change that a plan could make, and a difference all the same.
    lines += plan.conflicts.compactMap { conflict in
      conflict.path.flatMap { listed.contains($0) ? nil : ($0, "differs") }
    }
    lines.sort { $0.0 < $1.0 }
    // Last, as it mostly follows from the others.
    if plan.changesManifest { lines.append((Manifest.path, plan.manifestIsMissing ? "missing" : "differs")) }
    let base = directory.hasSuffix("/") ? directory : directory + "/"
    text = lines.map { "\($1)  \(base)\($0.text)\n" }.joined()
  }

  private static func word(for action: WritePlan.Change.Action) -> String? {
    switch action {
    case .keep: nil
    case .create: "missing"
    case .update: "differs"
    case .prune: "stale  "
    }
  }
}
