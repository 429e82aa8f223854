import Model

/// Nodes as a reader of YAML makes them, from a few lines: two blanks a level, `key: value`, `- ` for items, `[a, b]`, quotes.
struct NodeText {
  private let lines: [(indent: Int, text: String, number: Int)]
  private var index = 0

  static func node(_ text: String) -> Node {
    var reader = NodeText(text)
    return reader.block(0)
  }

  private init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
      let content = line.drop { $0 == " " }
      return content.isEmpty ? nil : (line.count - content.count, String(content), number + 1)
    }
  }

  private func location(_ line: (indent: Int, text: String, number: Int), _ offset: Int) -> Location {
    Location(file: "rescfg.yaml", line: line.number, column: line.indent + offset + 1)
  }

  private mutating func block(_ indent: Int) -> Node {
    let first = lines[index]
    if first.text.hasPrefix("- ") {
      var items: [Node] = []
      while index < lines.count, lines[index].indent == indent, lines[index].text.hasPrefix("- ") {
        var inner = NodeText("")
        var rest: [(indent: Int, text: String, number: Int)] = [
          (indent + 2, String(lines[index].text.dropFirst(2)), lines[index].number)
        ]
        index += 1
        while index < lines.count, lines[index].indent > indent {
          rest.append(lines[index])
          index += 1
        }
        inner = NodeText(lines: rest)
        items.append(
          rest[0].text.contains(": ") || rest[0].text.hasSuffix(":")
            ? inner.block(indent + 2) : scalar(rest[0].text, location(rest[0], 0))
        )
      }
      return Node(.sequence(items), at: location(first, 0))
    }
    var pairs: [Node.Pair] = []
    while index < lines.count, lines[index].indent == indent {
      let line = lines[index]
      index += 1
      let key = String(line.text.prefix { $0 != ":" })
      let value = line.text.dropFirst(key.count + 1).drop { $0 == " " }
      let node =
        value.isEmpty
        ? block(lines[index].indent) : scalar(String(value), location(line, line.text.count - value.count))
      pairs.append(Node.Pair(key, at: location(line, 0), node))
    }
    return Node(.mapping(pairs), at: location(first, 0))
  }

  private init(lines: [(indent: Int, text: String, number: Int)]) { self.lines = lines }

  private func scalar(_ text: String, _ location: Location) -> Node {
    if text.hasPrefix("[") {
      let items = text.dropFirst().dropLast().split(separator: ",").map { item in
        scalar(String(item.drop { $0 == " " }), location)
      }
      return Node(.sequence(items), at: location)
    }
    if text.hasPrefix("\"") {
      return Node(.scalar(String(text.dropFirst().dropLast()), isPlain: false), at: location)
    }
    return Node(.scalar(text, isPlain: true), at: location)
  }
}
