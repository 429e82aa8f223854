import Document
import Model

/// A scope with one destination in the centre's place: what content says of the way to the centre, it then says of the way there.
///
/// Destinations are part of a model's shape, like its labels: their settings are known in every scope. All others are the base's.
struct Toward<Base: Scope>: Scope {
  typealias H = Base.H

  let configuration: Configuration
  private let base: Base
  /// The paths of the settings that are the destination's own, by the centre's.
  private let paths: [String: String]

  init(_ name: String, _ base: Base) {
    self.base = base
    configuration = base.configuration.toward(name)
    paths =
      name == Destination.centre
      ? [:]
      : Dictionary(
        uniqueKeysWithValues: zip(Settings.ofDestination, Settings.destination(name)).map { ($0.info.path, $1.path) }
      )
  }

  var environment: Term<String, H> { base.environment }

  subscript<Value: SettingValue & TermValue>(_ setting: Setting<Value>) -> Term<Value, H> {
    guard let path = paths[setting.info.path] else { return base[setting] }
    return .known(configuration[setting], from: [path])
  }

  func seconds(_ setting: Setting<PrometheusDuration>) -> Term<Double, H> {
    guard let path = paths[setting.info.path] else { return base.seconds(setting) }
    return .known(configuration[setting].seconds, from: [path])
  }

  func bytes(_ setting: Setting<Quantity>) -> Term<Double, H> { base.bytes(setting) }

  func share<Value>(_ name: String, _ term: Term<Value, H>) -> Term<Value, H> { base.share(name, term) }

  func share(_ name: String, _ text: Text<H>) -> Text<H> { base.share(name, text) }
}

extension Scope {
  /// The way to each destination, the centre's first.
  var destinations: [Toward<Self>] { configuration.destinationNames.map { Toward($0, self) } }

  /// Where samples go.
  var writeURL: Text<H> {
    let path = self[Settings.centralWritePath]
    // A query has characters that mean something to YAML.
    let characters: SlotCharacters = path.utf8.contains(UInt8(ascii: "?")) ? .arbitrary : .name
    let isWritten = configuration.location(of: Settings.centralWritePath.info) != nil
    let origins: Origins = isWritten ? [configuration.path(of: Settings.centralWritePath.info)] : []
    return text(Settings.centralURL) + Text(.known(path, from: origins), characters)
  }
}
