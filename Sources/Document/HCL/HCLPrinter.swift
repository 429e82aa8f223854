/// The file, formatted as `terraform fmt` does.
///
/// Every value that comes from a setting keeps a slot with that origin, so that its line can be found.
public func hcl(_ body: HCLBody) -> Text<Never> {
  var layout = HCLLayout()
  layout.place(body)
  return layout.finished()
}

/// Lays a body out in lines: what is broken over several, and how deep each stands.
struct HCLLayout {
  /// Beyond this a list, an object or a call is broken, one element a line.
  private static let width = 100

  private var lines: [HCLLine] = []
  private var depth = 0

  mutating func finished() -> Text<Never> { aligned(lines) }

  mutating func place(_ body: HCLBody) {
    let items = body.items
    var isFirst = true
    var afterBlock = false
    var pending: [String] = []
    for (index, item) in items.enumerated() {
      switch item {
      case .comment(let text):
        if pending.isEmpty {
          let next = items[index...].first { if case .comment = $0 { false } else { true } }
          separate(next.map(isTall) ?? false || afterBlock, isFirst)
        }
        pending.append(text)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
          add(lead: Text(line.isEmpty ? "#" : "# " + line))
        }
      case .blank: if lines.last?.isBlank == false { lines.append(HCLLine()) }
      case .attribute(let name, let value, let comment):
        if pending.isEmpty { separate(afterBlock, isFirst) }
        place(value, after: name, comment: comment)
      case .brief(let type, let labels, let name, let value):
        if pending.isEmpty { separate(afterBlock, isFirst) }
        add(lead: "\(head(type, labels)) { \(name) = \(value.spelled) }")
      case .block(let type, let labels, let inner):
        if pending.isEmpty { separate(isTall(item) || afterBlock, isFirst) }
        placeBlock(type, labels, inner)
      }
      if case .comment = item {
        isFirst = false
      } else {
        pending = []
        isFirst = false
        afterBlock = isTall(item)
      }
    }
  }

  private mutating func separate(_ isNeeded: Bool, _ isFirst: Bool) {
    if isNeeded, !isFirst, lines.last?.isBlank == false { lines.append(HCLLine()) }
  }

  private func isTall(_ item: HCLBody.Item) -> Bool {
    if case .block(_, _, let body) = item { !body.isEmpty || depth == 0 } else { false }
  }

  private func head(_ type: String, _ labels: [String]) -> String {
    ([type] + labels.map(quotedAsHCL)).joined(separator: " ")
  }

  private mutating func placeBlock(_ type: String, _ labels: [String], _ body: HCLBody) {
    let head = head(type, labels)
    if body.isEmpty { return add(lead: Text(head + " {}")) }
    add(lead: Text(head + " {"))
    inside { $0.place(body) }
    add(lead: "}")
  }

  private mutating func add(
    lead: Text<Never>,
    tail: Text<Never>? = nil,
    comment: String? = nil,
    verbatim: Text<Never>? = nil
  ) {
    lines.append(HCLLine(depth: depth, lead: lead, assignment: tail, comment: comment, verbatim: verbatim))
  }

  private mutating func inside(_ place: (inout HCLLayout) -> Void) {
    depth += 1
    place(&self)
    depth -= 1
    while lines.last?.isBlank == true { lines.removeLast() }
  }

  /// `name = value`, broken where it has to be.
  private mutating func place(_ value: Expression, after name: String, comment: String?) {
    if let body = heredoc(value, depth: depth) {
      if let comment { add(lead: "# \(comment)") }
      return add(lead: Text(name), tail: "= \(body.opening)", comment: nil, verbatim: body.rest)
    }
    let isBreakable = value.isBreakable
    // Not spelled only to be broken: what is inside would be, once for each level around it.
    if !(isBreakable && value.prefersLines) {
      let text = value.spelled
      let length = 2 * depth + name.count + 3 + text.characterCount
      if !isBreakable || length <= Self.width {
        if let comment, length + 3 + comment.count <= Self.width + 20 {
          return add(lead: Text(name), tail: "= \(text)", comment: comment)
        }
        if let comment { add(lead: "# \(comment)") }
        return add(lead: Text(name), tail: "= \(text)")
      }
    }
    if let comment { add(lead: "# \(comment)") }
    placeBroken(value, before: "\(name) = ", after: "")
  }

  /// A list's element, or whatever else stands alone on its line.
  private mutating func place(element: Expression) {
    let isBreakable = element.isBreakable
    if !(isBreakable && element.prefersLines) {
      let text = element.spelled
      if !isBreakable || 2 * depth + text.characterCount < Self.width { return add(lead: text + ",") }
    }
    placeBroken(element, before: "", after: ",")
  }

  private mutating func placeBroken(_ value: Expression, before: Text<Never>, after: Text<Never>) {
    switch value {
    case .list(let elements):
      add(lead: before + "[")
      inside { for element in elements { $0.place(element: element) } }
      add(lead: "]" + after)
    case .object(let fields):
      add(lead: before + "{")
      inside { for field in fields { $0.place(field.value, after: spelledKey(field.key), comment: field.comment) } }
      add(lead: "}" + after)
    case .call(let name, let arguments):
      var head = before + "\(name)("
      for argument in arguments.dropLast() { head = head + argument.spelled + ", " }
      guard let last = arguments.last else { return add(lead: head + ")" + after) }
      placeBroken(last, before: head, after: ")" + after)
    case .forObject(let each, let collection, let key, let value):
      add(lead: before + "{")
      inside {
        $0.placeBroken(
          collection,
          before: "for \(each.joined(separator: ", ")) in ",
          after: " : \(key.spelled) => \(value.spelled)"
        )
      }
      add(lead: "}" + after)
    default: add(lead: before + value.spelled + after)
    }
  }
}

extension Expression {
  /// Whether its end can stand on another line than its beginning.
  fileprivate var isBreakable: Bool {
    switch self {
    case .list(let elements): !elements.isEmpty
    case .object(let fields): !fields.isEmpty
    case .call(_, let arguments): arguments.last?.isBreakable ?? false
    case .forObject(_, let collection, _, _): collection.isBreakable
    default: false
    }
  }

  /// Whether it is easier to read broken, however short.
  fileprivate var prefersLines: Bool {
    switch self {
    case .list(let elements): elements.contains { if case .object = $0 { true } else { $0.prefersLines } }
    case .object(let fields):
      fields.count > 2 || fields.contains { $0.comment != nil || $0.value.prefersLines || $0.value.isHeredoc }
    case .call(_, let arguments): arguments.last?.prefersLines ?? false
    case .forObject(_, let collection, _, _): collection.prefersLines
    default: false
    }
  }
}

extension Text where H == Never {
  var characterCount: Int {
    var count = 0
    forEachPiece { piece in
      let string = piece.string
      count += string.allBytes { $0 < 0x80 } ? string.utf8.count : string.count
    }
    return count
  }
}
