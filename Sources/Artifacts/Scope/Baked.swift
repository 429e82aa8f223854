public import Document
public import Model

/// The scope of one environment: every value is known.
public struct Baked: Scope {
  public typealias H = Never

  public let configuration: Configuration

  public init(_ configuration: Configuration) { self.configuration = configuration }

  public var environment: Term<String, Never> { .known(configuration.environment) }

  public subscript<Value: SettingValue & TermValue>(_ setting: Setting<Value>) -> Term<Value, Never> {
    .known(configuration[setting], from: [setting.info.path])
  }

  public func seconds(_ setting: Setting<PrometheusDuration>) -> Term<Double, Never> {
    .known(configuration[setting].seconds, from: [setting.info.path])
  }

  public func bytes(_ setting: Setting<Quantity>) -> Term<Double, Never> {
    .known(configuration[setting].value, from: [setting.info.path])
  }

  public func share<Value>(_ name: String, _ term: Term<Value, Never>) -> Term<Value, Never> { term }

  public func share(_ name: String, _ text: Text<Never>) -> Text<Never> { text }
}
