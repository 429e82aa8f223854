public import Document
public import Model

/// How content asks for the values of settings.
///
/// Content is written once, against any scope. `Baked` knows all values and gives complete documents; `Live` gives a
/// hole for each setting that is a Terraform variable. Structural settings are known in both, so that content may decide
/// what exists by them and can't by the others.
public protocol Scope<H> {
  associatedtype H: Hole

  /// What structural settings, external labels, scrape configs and rules are read from. Not for values of settings:
  /// those go through the subscripts, which know holes and origins.
  var configuration: Configuration { get }

  /// The environment's name.
  var environment: Term<String, H> { get }

  subscript<Value: SettingValue & TermValue>(_ setting: Setting<Value>) -> Term<Value, H> { get }

  /// The setting's length in seconds, to compute with or to put into a query.
  func seconds(_ setting: Setting<PrometheusDuration>) -> Term<Double, H>

  /// The setting's size in bytes, to compute with.
  func bytes(_ setting: Setting<Quantity>) -> Term<Double, H>

  /// A value that is computed once and used in many places: itself, or in Terraform a local value of that name.
  func share<Value>(_ name: String, _ term: Term<Value, H>) -> Term<Value, H>

  /// A text that is used more than once: itself, or in Terraform a local value of that name.
  func share(_ name: String, _ text: Text<H>) -> Text<H>
}

extension Scope {
  public subscript<Value: SettingValue>(_ setting: Structural<Value>) -> Value { configuration[setting] }

  /// The setting as text, with what a printer must know of its characters.
  public func text<Value: SettingValue & TermValue>(_ setting: Setting<Value>) -> Text<H> {
    let term = self[setting]
    let spelled: Term<String, H> =
      switch term.content {
      case .known(let value): .known(value.scalar.spelling, from: term.origins)
      case .hole(let hole): .hole(hole, from: term.origins)
      }
    return Text(spelled, setting.info.domain.slotCharacters)
  }

  /// A structural setting as text.
  public func text<Value: SettingValue>(_ setting: Structural<Value>) -> Text<H> {
    Text(.known(configuration[setting].scalar.spelling, from: [setting.info.path]), setting.info.domain.slotCharacters)
  }

  public var environmentText: Text<H> { Text(environment, .name) }
}

extension PrometheusDuration: TermValue {
  public func operand<H>(for hole: H.Type) -> Operand<H> { .text(spelling) }
}

extension Quantity: TermValue {
  public func operand<H>(for hole: H.Type) -> Operand<H> { .text(spelling) }
}

extension ScalarValue {
  /// The value as the model file spells it, without quotes.
  public var spelling: String {
    switch self {
    case .boolean(let it): it ? "true" : "false"
    case .integer(let it): String(it)
    case .number(let it): spelledNumber(it)
    case .duration(let it): it.spelling
    case .quantity(let it): it.spelling
    case .text(let it): it
    }
  }
}

extension Domain {
  var slotCharacters: SlotCharacters {
    switch self {
    case .boolean, .integer, .oneOf, .number: .number
    case .duration: .word
    case .bytes, .cores, .choice: .name
    case .text(let format): format.slotCharacters
    }
  }
}

extension TextFormat {
  var slotCharacters: SlotCharacters {
    switch self {
    case .dnsLabel, .clusterName, .name, .kmsAlias, .httpURL, .cidr, .path, .image: .name
    case .httpURLs, .awsSchedule, .line, .urlPath: .arbitrary
    }
  }
}
