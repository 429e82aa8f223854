/// What stands in an HCL file, or between the braces of a block.
package struct HCLBody: Hashable, Sendable, ExpressibleByArrayLiteral {
  package enum Item: Hashable, Sendable {
    case attribute(String, Expression, comment: String?)
    case block(String, labels: [String], HCLBody)
    /// A block of one attribute, on one line.
    case brief(String, labels: [String], String, Expression)
    /// A remark about what follows; more lines where it has line ends.
    case comment(String)
    /// An empty line. Around blocks they come by themselves.
    case blank
  }

  package var items: [Item]

  package init(_ items: [Item] = []) { self.items = items }
  package init(arrayLiteral elements: Item...) { items = elements }

  package var isEmpty: Bool { items.isEmpty }

  package mutating func append(_ item: Item) { items.append(item) }
  package static func + (left: HCLBody, right: HCLBody) -> HCLBody { HCLBody(left.items + right.items) }
}

extension HCLBody.Item {
  package static func set(_ name: String, _ value: Expression, comment: String? = nil) -> Self {
    .attribute(name, value, comment: comment)
  }

  package static func block(_ type: String, _ labels: String..., body: HCLBody = []) -> Self {
    .block(type, labels: labels, body)
  }
}
