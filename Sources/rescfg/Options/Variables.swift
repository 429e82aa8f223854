import ArgumentParser
import Glibc
import Model

/// Flags given as environment variables: `--no-prune` is `RESCFG_NO_PRUNE`. A flag on the command line wins; an empty
/// variable is none.
enum Variables {
  static func text(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The flag, or what the variable says in its place.
  static func choice<Choice: CaseIterable & RawRepresentable>(
    _ flag: Choice?,
    or name: String
  ) throws(Stop) -> Choice? where Choice.RawValue == String {
    if let flag { return flag }
    guard let text = text(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw Stop(.badVariable(name, text, Choice.allCases.map(\.rawValue)))
    }
    return choice
  }

  static func number(_ name: String) throws(Stop) -> Int32? {
    guard let text = text(name) else { return nil }
    guard let number = Int32(text) else { throw Stop(.badVariable(name, text, ["a number"])) }
    return number
  }

  static func isOn(_ flag: Bool, or name: String) throws(Stop) -> Bool {
    if flag { return true }
    return switch text(name)?.lowercased() {
    case nil, "0", "false", "no", "off": false
    case "1", "true", "yes", "on": true
    case let text?: throw Stop(.badVariable(name, text, ["true", "false"]))
    }
  }
}
