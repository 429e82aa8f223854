import Artifacts
import Model

/// Everything about one setting in one environment: its value, where it came from and where it goes.
struct Explanation {
  /// A line of an artifact that has the setting's value.
  struct Landing {
    let path: String
    let line: Int
    let text: String
  }

  /// The files that differ if the setting has these values instead; for choices, which decide what exists.
  struct Alternative {
    var words: [String]
    let files: [String]
  }

  let info: SettingInfo
  let environment: String
  let resolved: Configuration.Resolved
  let landings: [Landing]
  let alternatives: [Alternative]

  init(_ info: SettingInfo, _ configuration: Configuration) {
    self.info = info
    environment = configuration.environment
    resolved = configuration.resolved(info)
    let rendered = artifacts(for: configuration).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    landings = rendered.flatMap { Self.landings(of: info.path, in: $0) }
    alternatives = Self.alternatives(to: resolved.value, info, configuration, rendered)
  }

  private static func landings(of path: String, in artifact: Artifact) -> [Landing] {
    let numbers = artifact.lines(of: path)
    if numbers.isEmpty { return [] }
    let lines = artifact.contents.split(separator: "\n", omittingEmptySubsequences: false)
    return numbers.map { number in
      let line = lines.indices.contains(number - 1) ? lines[number - 1] : ""
      return Landing(path: artifact.path, line: number, text: trimmed(line))
    }
  }

  private static func trimmed(_ line: Substring) -> String {
    let isSpace = { (character: Character) in character == " " || character == "\t" }
    var rest = line.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(rest)
  }

  /// Renders each other choice and compares. Neighbours that change the same files are one alternative.
  private static func alternatives(
    to value: ScalarValue,
    _ info: SettingInfo,
    _ configuration: Configuration,
    _ rendered: [Artifact]
  ) -> [Alternative] {
    guard info.isStructural, case .choice(let words) = info.domain else { return [] }
    let contents = byPath(rendered)
    var alternatives: [Alternative] = []
    for word in words.map(\.word) where .text(word) != value {
      let others = byPath(artifacts(for: configuration.setting(info.path, to: .text(word))))
      let files = Set(contents.keys).union(others.keys).filter { contents[$0] != others[$0] }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      if let last = alternatives.last, last.files == files {
        alternatives[alternatives.count - 1].words.append(word)
      } else {
        alternatives.append(Alternative(words: [word], files: files))
      }
    }
    return alternatives
  }

  private static func byPath(_ artifacts: [Artifact]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: artifacts.map { ($0.path, $0.contents) })
  }
}
