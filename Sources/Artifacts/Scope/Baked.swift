package import Document
package import Model

/// The scope of one environment: every value is known.
package struct Baked: Scope {
  package typealias H = Never

  package let configuration: Configuration

  package init(_ configuration: Configuration) { self.configuration = configuration }

  package var environment: Term<String, Never> { .known(configuration.environment) }

  package subscript<Value: SettingValue & TermValue>(_ setting: Setting<Value>) -> Term<Value, Never> {
    .known(configuration[setting], from: [setting.info.path])
  }

  package func seconds(_ setting: Setting<PrometheusDuration>) -> Term<Double, Never> {
    .known(configuration[setting].seconds, from: [setting.info.path])
  }

  package func bytes(_ setting: Setting<Quantity>) -> Term<Double, Never> {
    .known(configuration[setting].value, from: [setting.info.path])
  }

  package func share<Value>(_ name: String, _ term: Term<Value, Never>) -> Term<Value, Never> { term }

  package func share(_ name: String, _ text: Text<Never>) -> Text<Never> { text }
}
