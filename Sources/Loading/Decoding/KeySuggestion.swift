import Model

/// Where a key that isn't known in its place most likely belongs: the whole path of a setting, or a neighbour.
enum KeySuggestion {
  /// Keys of the file that are no settings.
  static let sections = ["version", "environments", "environment", "external_labels", "scrape_configs", "extra_rules"]

  /// - Parameter sections: which of them the place knows.
  static func path(for key: String, in group: SettingGroup, sections: [String]) -> String? {
    let wanted = group.child(key)
    let joined = wanted.map { $0 == "." ? "_" : String($0) }.joined()
    // The same words, cut elsewhere: remote_write.max_backoff, remote_write_initial_backoff.
    if let same = Settings.all.first(where: { $0.terraformName == joined }) { return same.path }
    let neighbours = group.members.map(\.key) + (group.path.isEmpty ? sections : [])
    if let near = suggestion(for: key, among: neighbours) { return group.child(near) }
    // A setting of another group under its own name.
    let elsewhere = Settings.all.filter { $0.keys.last == key }
    if elsewhere.count == 1 { return elsewhere[0].path }
    if let near = suggestion(for: wanted, among: Settings.all.map(\.path)) { return near }
    if let near = suggestion(for: joined, among: Settings.all.map(\.terraformName)) {
      return Settings.all.first { $0.terraformName == near }?.path
    }
    let tails = Settings.all.filter { setting in Settings.all.count { $0.keys.last == setting.keys.last } == 1 }
    guard let near = suggestion(for: key, among: tails.compactMap(\.keys.last)) else { return nil }
    return tails.first { $0.keys.last == near }?.path
  }
}
