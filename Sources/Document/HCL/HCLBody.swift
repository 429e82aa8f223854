/// What stands in an HCL file, or between the braces of a block.
public struct HCLBody: Hashable, Sendable, ExpressibleByArrayLiteral {
  public enum Item: Hashable, Sendable {
    case attribute(String, Expression, comment: String?)
    case block(String, labels: [String], HCLBody)
    /// A block of one attribute, on one line.
    case brief(String, labels: [String], String, Expression)
    /// A remark about what follows; more lines where it has line ends.
    case comment(String)
    /// An empty line. Around blocks they come by themselves.
    case blank
  }

  public var items: [Item]

  public init(_ items: [Item] = []) { self.items = items }
  public init(arrayLiteral elements: Item...) { items = elements }

  public var isEmpty: Bool { items.isEmpty }

  public mutating func append(_ item: Item) { items.append(item) }
  public static func + (left: HCLBody, right: HCLBody) -> HCLBody { HCLBody(left.items + right.items) }
}

extension HCLBody.Item {
  public static func set(_ name: String, _ value: Expression, comment: String? = nil) -> Self {
    .attribute(name, value, comment: comment)
  }

  public static func block(_ type: String, _ labels: String..., body: HCLBody = []) -> Self {
    .block(type, labels: labels, body)
  }
}
