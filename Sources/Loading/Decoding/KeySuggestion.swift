import Model

/// Where a key that isn't known in its place most likely belongs: the whole path of a setting, or a neighbour.
enum KeySuggestion {
  /// Keys of the file that are no settings.
  static let sections = [
    "version", "environments", "environment", Destination.section, "external_labels", "scrape_configs", "extra_rules",
  ]

  /// - Parameter sections: which of them the place knows.
  static func path(for key: String, in group: SettingGroup, sections: [String]) -> String? {
    let wanted = group.child(key)
    let joined = wanted.map { $0 == "." ? "_" : String($0) }.joined()
    // The same words, cut elsewhere: remote_write.max_backoff, remote_write_initial_backoff.
    if let same = pathsByJoinedName[joined] { return same }
    let neighbours = group.members.map(\.key) + (group.path.isEmpty ? sections : [])
    if let near = suggestion(for: key, among: neighbours) { return group.child(near) }
    // A setting of another group under its own name, then what is spelled nearly so.
    if let elsewhere = pathsByUniqueTail[key] { return elsewhere }
    if let near = suggestion(for: joined, among: pathsByJoinedName.keys) { return pathsByJoinedName[near] }
    return suggestion(for: key, among: pathsByUniqueTail.keys).flatMap { pathsByUniqueTail[$0] }
  }

  private static let pathsByJoinedName = Dictionary(
    uniqueKeysWithValues: Settings.all.map { ($0.terraformName, $0.path) }
  )

  /// Settings by the last word of their path, where only one has it.
  private static let pathsByUniqueTail: [String: String] = {
    let byTail = Dictionary(grouping: Settings.all) { $0.keys.last ?? "" }
    return byTail.compactMapValues { $0.count == 1 ? $0[0].path : nil }
  }()
}
