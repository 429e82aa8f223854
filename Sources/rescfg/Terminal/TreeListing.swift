import Output

/// Files as tree(1) shows them, each with its size.
struct TreeListing {
  let text: String

  init(_ files: [OutputFile]) {
    var root = Branch()
    for file in files { root.insert(file.path.text.split(separator: "/"), file.bytes.count) }
    var lines: [(name: String, byteCount: Int?)] = []
    root.list("", &lines)
    let width = lines.reduce(0) { max($0, $1.name.count) }
    text = lines.map { name, byteCount in
      guard let byteCount else { return name + "\n" }
      let size = Self.size(byteCount)
      return name + String(repeating: " ", count: width - name.count + 2 + max(0, 9 - size.count)) + size + "\n"
    }.joined()
  }

  /// A number of bytes for a person.
  static func size(_ byteCount: Int) -> String {
    if byteCount < 1000 { return "\(byteCount) B" }
    let tenths = (byteCount + 50) / 100
    if tenths < 10000 { return "\(tenths / 10).\(tenths % 10) kB" }
    return "\((tenths + 5000) / 10000).\((tenths + 500) / 1000 % 10) MB"
  }

  private struct Branch {
    var branches: [(name: String, branch: Branch)] = []
    var byteCount: Int?

    mutating func insert(_ names: [Substring], _ byteCount: Int) {
      guard let name = names.first else {
        self.byteCount = byteCount
        return
      }
      let index =
        branches.firstIndex { $0.name == name }
        ?? {
          branches.append((String(name), Branch()))
          return branches.count - 1
        }()
      branches[index].branch.insert(Array(names.dropFirst()), byteCount)
    }

    func list(_ indent: String, _ lines: inout [(name: String, byteCount: Int?)]) {
      for (index, (name, branch)) in branches.enumerated() {
        let isLast = index == branches.count - 1
        lines.append((indent + (isLast ? "└── " : "├── ") + name, branch.byteCount))
        branch.list(indent + (isLast ? "    " : "│   "), &lines)
      }
    }
  }
}
