/// A document as JSON (RFC 8259), two spaces a level, ending with a line break. Comments have no place in it.
///
/// As in `yaml`, slots of the tree are slots of the text, and no decision depends on a slot's value.
@specialized(where H == Never)
@specialized(where H == Expression)
public func json<H>(_ tree: Tree<H>) -> Text<H> {
  var printer = JSONPrinter<H>()
  printer.print(tree, indent: 0)
  printer.output.append("\n")
  return printer.output.finish()
}

private struct JSONPrinter<H: Hole> {
  var output = TextBuilder<H>()

  mutating func print(_ tree: Tree<H>, indent: Int) {
    switch tree {
    case .mapping(let entries):
      printItems(of: entries, between: "{", and: "}", indent: indent) { printer, entry, indent in
        printer.output.append("\"")
        printer.output.append(escapedForJSON(entry.key))
        printer.output.append("\": ")
        printer.print(entry.value, indent: indent)
      }
    case .sequence(let items):
      printItems(of: items, between: "[", and: "]", indent: indent) { printer, item, indent in
        printer.print(item, indent: indent)
      }
    case .text(let text): appendJSONString(text, to: &output)
    case .integer(let term): output.append(Text(term))
    case .number(let term): output.append(Text(term))
    case .boolean(let term): output.append(Text(term))
    case .null: output.append("null")
    }
  }

  private mutating func printItems<Item>(
    of items: [Item],
    between opening: Unicode.Scalar,
    and closing: Unicode.Scalar,
    indent: Int,
    printItem: (inout JSONPrinter, Item, Int) -> Void
  ) {
    output.append(opening)
    for (index, item) in items.enumerated() {
      output.append(index == 0 ? "\n" : ",\n")
      output.append(spaces: indent + 2)
      printItem(&self, item, indent + 2)
    }
    if !items.isEmpty {
      output.append("\n")
      output.append(spaces: indent)
    }
    output.append(closing)
  }
}
