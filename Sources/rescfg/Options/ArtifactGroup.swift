import Model
import Output

/// A part of the output tree that can be rendered by itself: one directory at its top.
enum ArtifactGroup: String, CaseIterable {
  case terraform, kubernetes, prometheus, grafana, docs

  /// What other tools call them.
  private static let aliases: [String: ArtifactGroup] = [
    "k8s": .kubernetes, "alerts": .prometheus, "dashboards": .grafana,
  ]

  func contains(_ path: String) -> Bool { path.utf8.starts(with: "\(rawValue)/".utf8) }

  /// The groups in comma-separated lists of names; all of them where there is no list.
  static func selected(by lists: [String]) throws(Stop) -> Set<ArtifactGroup> {
    if lists.isEmpty { return Set(allCases) }
    var selected: Set<ArtifactGroup> = []
    var unknown: [Diagnostic] = []
    for name in lists.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }) {
      if let group = ArtifactGroup(rawValue: name) ?? aliases[name] {
        selected.insert(group)
      } else {
        unknown.append(.unknownGroup(name, allCases.map(\.rawValue) + aliases.keys.sorted()))
      }
    }
    if !unknown.isEmpty { throw .diagnostics(unknown) }
    return selected
  }
}

extension Set<ArtifactGroup> {
  func contains(_ path: String) -> Bool {
    count == ArtifactGroup.allCases.count || contains { $0.contains(path) }
  }
}
