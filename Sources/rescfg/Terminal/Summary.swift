import Output

/// What a render did, in a sentence.
struct Summary {
  private let environments: [String]
  private let pattern: DirectoryPattern
  private var counts: [WritePlan.Change.Action: Int] = [:]

  init(_ environments: [String], _ pattern: DirectoryPattern) {
    self.environments = environments
    self.pattern = pattern
  }

  mutating func add(_ plan: WritePlan) {
    for change in plan.changes { counts[change.action, default: 0] += 1 }
  }

  var text: String {
    let what = environments.count == 1 ? environments[0] : "\(environments.count) environments"
    let place = environments.count == 1 ? pattern.path(for: environments[0]) : pattern.text
    let parts: [(WritePlan.Change.Action, String)] = [(.create, "new"), (.update, "changed"), (.prune, "removed")]
    let changes = parts.compactMap { action, word in counts[action].map { "\($0) \(word)" } }
    return "rendered \(what) to \(place): \(changes.isEmpty ? "nothing changed" : changes.joined(separator: ", "))\n"
  }

  static func listed(_ count: Int, _ size: String, _ environment: String) -> String {
    """
    \(count) files, \(size). To have them:
      rescfg render --env \(environment) --out out/
      rescfg render --env \(environment) | tar -xC out/

    """
  }

  static func different(_ environments: [String], _ pattern: DirectoryPattern) -> String {
    let first = environments[0]
    let others = environments.count == 1 ? "" : " and \(environments.count - 1) more"
    let directory = pattern.path(for: first)
    return """
      \(directory)\(others) differs from what is rendered
        see:    rescfg diff --env \(first) \(directory)
        update: rescfg render --env \(first) --out \(directory)

      """
  }
}
