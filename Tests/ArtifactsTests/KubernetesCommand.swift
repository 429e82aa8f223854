import Document

/// One `kubectl` command as people type it, taken apart.
struct KubectlCommand {
  let line: String
  private(set) var arguments: [String] = []
  private(set) var options: [String: String] = [:]
  /// What follows `--`.
  private(set) var program: [String] = []
  /// The document that follows `<<EOF`.
  let document: [String]

  init(_ lines: [String]) {
    line = lines[0]
    document = Array(lines.dropFirst())
    // Neither pipes nor substitutions change which objects a command needs.
    let command = line.split(separator: " | ")[0].split(separator: " <<")[0]
    var words = command.split(separator: " ").map(String.init)[...]
    while let word = words.popFirst() {
      if word == "--" {
        program = Array(words)
        break
      } else if word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
        options[String(word[..<equals])] = String(word[word.index(after: equals)...])
      } else if ["-n", "-l"].contains(word) {
        options[word] = words.popFirst()
      } else if word == "-f" && arguments.last == "apply" {
        options[word] = words.popFirst()
      } else if word.hasPrefix("-") {
        options[word] = ""
      } else {
        arguments.append(word)
      }
    }
  }

  /// The commands of a text: one a line, `#` begins a remark, `<<EOF` a document.
  static func all(in text: String) -> [KubectlCommand] {
    var commands: [KubectlCommand] = []
    var lines = text.split(separator: "\n").map(String.init)[...]
    while let line = lines.popFirst() {
      if line.hasPrefix("#") { continue }
      var command = [line]
      if line.hasSuffix("<<EOF") {
        while let next = lines.popFirst(), next != "EOF" { command.append(next) }
      }
      commands.append(KubectlCommand(command))
    }
    return commands
  }

  var selector: [String: String] {
    guard let parts = options["-l"]?.split(separator: "="), parts.count == 2 else { return [:] }
    return [String(parts[0]): String(parts[1])]
  }
}
