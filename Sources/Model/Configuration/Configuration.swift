/// The model as it holds in one environment: every setting has a value and says where it came from.
public struct Configuration: Sendable {
  /// Where a value was written. A later case wins over an earlier one.
  public enum Origin: Hashable, Sendable {
    case standard
    case model(Location)
    case environment(String, Location)
  }

  public struct Resolved: Hashable, Sendable {
    public var value: ScalarValue
    public var origin: Origin

    public init(_ value: ScalarValue, from origin: Origin) {
      self.value = value
      self.origin = origin
    }
  }

  public let environment: String
  private var written: [String: Resolved]
  /// Where samples go beside the centre, by name.
  public private(set) var destinations: [Destination]
  /// Which destination stands in the centre's place.
  public private(set) var destinationName = Destination.centre
  /// Labels on every sample beside `cluster` and `node`, by name.
  public var externalLabels: [ExternalLabel]
  /// In Prometheus' vocabulary; `nil` where the model has none and the standard ones for Kubernetes apply.
  public var scrapeConfigs: [Node]?
  /// Rules of the user's own, in Prometheus' vocabulary, rendered behind ours.
  public var extraRules: [Node]

  public struct ExternalLabel: Hashable, Sendable {
    public var name: String
    public var value: String
    public var location: Location

    public init(_ name: String, _ value: String, at location: Location) {
      self.name = name
      self.value = value
      self.location = location
    }
  }

  /// - Parameter written: values by path, for the settings that the model writes; all others have their default.
  public init(
    environment: String,
    written: [String: Resolved] = [:],
    destinations: [Destination] = [],
    externalLabels: [ExternalLabel] = [],
    scrapeConfigs: [Node]? = nil,
    extraRules: [Node] = []
  ) {
    self.environment = environment
    self.written = written
    self.destinations = destinations.sorted { $0.name < $1.name }
    self.externalLabels = externalLabels
    self.scrapeConfigs = scrapeConfigs
    self.extraRules = extraRules
  }

  public func resolved(_ info: SettingInfo) -> Resolved {
    written[info.path] ?? Resolved(standardValue(of: info), from: .standard)
  }

  public subscript<Value: SettingValue>(_ setting: Setting<Value>) -> Value { value(of: setting.info) }
  public subscript<Value: SettingValue>(_ setting: Structural<Value>) -> Value { value(of: setting.info) }

  private func value<Value: SettingValue>(of info: SettingInfo) -> Value {
    guard let value = Value(resolved(info).value) else {
      preconditionFailure("BUG: \(info.path) holds a value of another type")
    }
    return value
  }

  func replacingCentre(by name: String) -> Configuration {
    var copy = self
    copy.destinationName = name
    copy.destinations = []
    for (key, info) in Settings.ofDestination {
      let own = written[Destination.path(name, key)]
      if own != nil || info != Settings.remoteWriteProtocol.info { copy.written[info.path] = own }
    }
    return copy
  }

  /// The same configuration with another value, as a `-var` or an `explain` tries it.
  public func setting(_ path: String, to value: ScalarValue, from origin: Origin = .standard) -> Configuration {
    var copy = self
    copy.written[path] = Resolved(value, from: origin)
    return copy
  }
}
