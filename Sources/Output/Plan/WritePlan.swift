import Document

/// What a render does to an output directory. Planning is pure: what was found and what is wanted go in, changes come out.
public struct WritePlan: Hashable, Sendable {
  public struct Change: Hashable, Sendable {
    public enum Action: String, Hashable, Sendable {
      case create, update, keep, prune
    }

    public let path: OutputPath
    public let action: Action
    /// What is there now, as far as it is a file and could be read.
    public let old: [UInt8]?
    /// What will be there.
    public let new: [UInt8]?
  }

  /// By path.
  public let changes: [Change]
  /// Things that a render doesn't touch unless forced, by path, the directory itself first.
  public let conflicts: [Conflict]
  /// Not directories, but where directories go: removed first, and only if forced.
  let obstacles: [OutputPath]
  /// The manifest afterwards.
  public let manifest: Manifest
  /// Its text.
  public let manifestBytes: [UInt8]
  /// The manifest while files change: it owns the old files and the new.
  let manifestDuring: Manifest
  /// Whether the manifest's bytes change.
  public let changesManifest: Bool
  /// The manifest's bytes as they are.
  private let oldManifest: [UInt8]?

  /// The changes by path, and behind them the manifest's own, which mostly follows from them.
  public var allChanges: [Change] {
    if !changesManifest { return changes }
    let change = Change(
      path: Manifest.path,
      action: oldManifest == nil ? .create : .update,
      old: oldManifest,
      new: manifestBytes
    )
    return changes + [change]
  }

  /// Whether there is no manifest yet.
  public var manifestIsMissing: Bool { oldManifest == nil }

  /// Whether the directory is already what is wanted.
  public var isEmpty: Bool { !changesManifest && conflicts.isEmpty && changes.allSatisfy { $0.action == .keep } }

  /// - Parameters:
  ///   - wanted: every file to have, no path twice.
  ///   - selection: which recorded files this render answers for; others are neither changed nor forgotten.
  public init(
    _ survey: Survey,
    wanted: [OutputFile],
    environment: String,
    version: String,
    prunes: Bool = true,
    selection: (OutputPath) -> Bool = { _ in true }
  ) {
    var planner = Planner(survey)
    for file in wanted.sorted(by: { $0.path < $1.path }) {
      precondition(file.path.isOurs, "BUG: rendered files don't have the names of writing's own")
      planner.plan(file, environment, version)
    }
    let wantedPaths = Set(wanted.map(\.path))
    precondition(wantedPaths.count == wanted.count, "BUG: two rendered files have one path")
    planner.planRest(except: wantedPaths, prunes: prunes, selection)
    if survey.manifest == nil, !survey.isEmpty { planner.conflicts.append(Conflict(nil, .foreignDirectory)) }

    changes = planner.changes.sorted { $0.path < $1.path }
    conflicts = planner.conflicts.sorted { left, right in
      guard let first = left.path, let second = right.path else { return left.path == nil && right.path != nil }
      return first < second
    }
    obstacles = planner.obstacles.sorted()
    manifest = Manifest(planner.records)
    manifestBytes = Array(manifest.text.utf8)
    manifestDuring = survey.manifest.map { [planner] in Manifest(planner.records + $0.records) } ?? manifest
    oldManifest = survey.manifestBytes
    changesManifest = survey.manifestBytes != manifestBytes
  }
}

private struct Planner {
  let survey: Survey
  let digests: [OutputPath: Set<String>]
  var changes: [WritePlan.Change] = []
  var conflicts: [Conflict] = []
  var obstacles: Set<OutputPath> = []
  var records: [Manifest.Record] = []

  init(_ survey: Survey) {
    self.survey = survey
    digests = Dictionary(grouping: survey.manifest?.records ?? [], by: \.path).mapValues { Set($0.map(\.digest)) }
  }

  mutating func plan(_ file: OutputFile, _ environment: String, _ version: String) {
    let path = file.path
    let record = Manifest.Record(path: path, digest: file.digest, environment: environment, version: version)
    records.append(record)
    if let obstacle = path.ancestors.first(where: { survey.entries[$0].map { $0 != .directory } ?? false }) {
      if obstacles.insert(obstacle).inserted { conflicts.append(Conflict(obstacle, .notADirectory)) }
      changes.append(.init(path: path, action: .create, old: nil, new: file.bytes))
      return
    }
    switch survey.entries[path] {
    case nil: changes.append(.init(path: path, action: .create, old: nil, new: file.bytes))
    case .file(.bytes(file.bytes)): changes.append(.init(path: path, action: .keep, old: file.bytes, new: file.bytes))
    case .file(let contents):
      if !isOurs(contents, at: path) {
        conflicts.append(Conflict(path, digests[path] == nil ? .foreignFile : .edited))
      }
      changes.append(.init(path: path, action: .update, old: bytes(contents), new: file.bytes))
    case .directory: conflicts.append(Conflict(path, .directory))
    case .link, .other:
      conflicts.append(Conflict(path, .notAFile))
      changes.append(.init(path: path, action: .update, old: nil, new: file.bytes))
    }
  }

  /// Recorded files that are not wanted: kept on record, or pruned.
  mutating func planRest(except wanted: Set<OutputPath>, prunes: Bool, _ selection: (OutputPath) -> Bool) {
    for record in survey.manifest?.records ?? [] where !wanted.contains(record.path) {
      if !prunes || !selection(record.path) { records.append(record) }
    }
    guard prunes else { return }
    for path in digests.keys where !wanted.contains(path) && selection(path) {
      guard let found = survey.entries[path], !obstacles.contains(path) else { continue }
      switch found {
      case .file(let contents):
        if !isOurs(contents, at: path) { conflicts.append(Conflict(path, .editedStale)) }
        changes.append(.init(path: path, action: .prune, old: bytes(contents), new: nil))
      // Somebody replaced our file by something that never was ours: it stays, and is theirs from now on.
      case .directory, .link, .other: continue
      }
    }
  }

  private func isOurs(_ contents: Survey.Contents, at path: OutputPath) -> Bool {
    guard case .bytes(let bytes) = contents, let known = digests[path] else { return false }
    return known.contains(SHA256.hexDigest(of: bytes))
  }

  private func bytes(_ contents: Survey.Contents) -> [UInt8]? {
    if case .bytes(let bytes) = contents { bytes } else { nil }
  }
}
