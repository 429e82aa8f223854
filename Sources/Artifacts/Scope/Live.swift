public import Document
public import Model

/// The scope of the Terraform module: every setting that isn't structural is a variable, so what content computes with
/// it becomes an expression that Terraform computes.
public struct Live: Scope {
  public typealias H = Expression

  public let configuration: Configuration
  /// What content asked the module to hold once, for the file that prints it.
  let locals = Locals()

  public init(_ configuration: Configuration) { self.configuration = configuration }

  public var environment: Term<String, Expression> { .hole(.reference("var.environment", .text)) }

  public subscript<Value: SettingValue & TermValue>(_ setting: Setting<Value>) -> Term<Value, Expression> {
    .hole(variable(setting.info), from: [setting.info.path])
  }

  public func seconds(_ setting: Setting<PrometheusDuration>) -> Term<Double, Expression> {
    let name = setting.info.terraformName
    locals.addDuration(name, variable(setting.info))
    return .hole(.traced(.reference("local.seconds.\(name)"), [setting.info.path]), from: [setting.info.path])
  }

  public func bytes(_ setting: Setting<Quantity>) -> Term<Double, Expression> {
    let name = setting.info.terraformName
    locals.addQuantity(name, variable(setting.info))
    return .hole(.traced(.reference("local.bytes.\(name)"), [setting.info.path]), from: [setting.info.path])
  }

  /// The setting's number of cores, to compare.
  func cores(_ setting: Setting<Quantity>) -> Expression {
    let name = setting.info.terraformName
    locals.addCores(name, variable(setting.info))
    return .traced(.reference("local.cores.\(name)"), [setting.info.path])
  }

  public func share<Value>(_ name: String, _ term: Term<Value, Expression>) -> Term<Value, Expression> {
    locals.addComputed(name, Expression(term))
    return .hole(.traced(.reference("local.\(name)"), term.origins), from: term.origins)
  }

  public func share(_ name: String, _ text: Text<Expression>) -> Text<Expression> {
    locals.addText(name, Expression(text))
    return Text(.hole(.reference("local.\(name)", .text), from: text.origins), .verbatim)
  }

  /// The setting as an expression.
  func variable<Value>(_ setting: Setting<Value>) -> Expression { variable(setting.info) }

  func variable(_ info: SettingInfo) -> Expression {
    .variable(info.terraformName, info.terraformType == "string" ? .text : .any, from: [info.path])
  }
}

extension Expression {
  init(_ text: Text<Expression>) {
    if let literal = text.onlyLiteral {
      self = .string(literal)
      return
    }
    let pieces = text.pieces
    self = .template(
      pieces.map { piece in
        switch piece {
        case .literal(let literal): .literal(literal)
        case .slot(let term, _):
          switch term.content {
          case .known(let value) where pieces.count == 1 && !term.origins.isEmpty:
            .interpolation(.traced(.string(value), term.origins))
          case .known(let value): .literal(value)
          case .hole(let hole): .interpolation(hole)
          }
        }
      }
    )
  }

  init<Value>(_ term: Term<Value, Expression>) { self.init(term.operand) }

  /// A document as a value of Terraform's.
  init(_ tree: Tree<Expression>) {
    switch tree {
    case .mapping(let entries):
      self = .object(entries.map { Field($0.key, Expression($0.value), comment: $0.comment) })
    case .sequence(let elements): self = .list(elements.map { Expression($0) })
    case .text(let text): self.init(text)
    case .integer(let term): self.init(term)
    case .number(let term): self.init(term)
    case .boolean(let term): self.init(term)
    case .null: self = .null
    }
  }
}
