public import Model

/// A model file that has been read: what it says at the top and for each environment, and what is wrong with it.
public struct LoadedModel: Sendable {
  struct Overlay: Sendable {
    let name: String
    let location: Location
    var layer = Layer()
  }

  public let file: String
  /// What is wrong with the file whichever environment is asked for, in the order of the file.
  public let problems: [Diagnostic]
  let base: Layer
  let overlays: [Overlay]
  private let indexes: [String: Int]
  private let environmentsLocation: Location?

  init(file: String, problems: [Diagnostic], _ decoder: ModelDecoder) {
    self.file = file
    self.problems = problems
    base = decoder.base
    overlays = decoder.overlays
    indexes = Dictionary(decoder.overlays.enumerated().map { ($1.name, $0) }) { first, _ in first }
    environmentsLocation = decoder.environmentsLocation
  }

  /// The environments that the model declares, in the order of the file.
  public var environments: [String] { overlays.map(\.name) }

  /// Whether there is such an environment: one that is declared, or any valid name where none is.
  public func has(_ environment: String) -> Bool {
    indexes[environment] != nil || environmentsLocation == nil && ModelDecoder.isName(environment)
  }

  /// The model as it holds in `environment`, with all that there is to say about it, warnings and notes included.
  ///
  /// A model that declares no environments is the same in each: every valid name will do. One that declares some has only
  /// those. The configuration is `nil` where there is an error.
  public func examine(_ environment: String) -> (configuration: Configuration?, findings: [Diagnostic]) {
    let (configuration, findings) = reading(environment)
    return (findings.contains { $0.severity == .error } ? nil : configuration, findings)
  }

  /// The same, but with a configuration also where settings contradict each other: each has a value of its own that can be used.
  public func reading(_ environment: String) -> (configuration: Configuration?, findings: [Diagnostic]) {
    var findings = problems
    let layers: [(layer: Layer, environment: String?)]
    if let index = indexes[environment] {
      layers = [(base, nil), (overlays[index].layer, environment)]
    } else if environmentsLocation != nil {
      findings.append(.noSuchEnvironment(environment, among: environments, at: environmentsLocation))
      layers = []
    } else if !ModelDecoder.isName(environment) {
      findings.append(.environmentName(environment, at: nil))
      layers = []
    } else {
      layers = [(base, nil)]
    }
    if layers.isEmpty { return (nil, findings.sortedByLocation()) }
    let configuration = merged(layers, environment)
    let isWhole = !findings.contains { $0.severity == .error }
    findings += configuration.checked(except: unusable(in: layers.map(\.layer)))
    // A note is no help to a reader who has errors to mend, and may be wrong once they are.
    let hasErrors = findings.contains { $0.severity == .error }
    if hasErrors { findings.removeAll { $0.severity == .note && $0.code != Diagnostic.moreProblemsCode } }
    return (isWhole ? configuration : nil, findings.sortedByLocation())
  }

  /// The model as it holds in `environment`. Throws every problem found, if one of them is an error.
  public func configuration(for environment: String) throws(Diagnostics) -> Configuration {
    let (configuration, findings) = examine(environment)
    guard let configuration else { throw Diagnostics(findings) }
    return configuration
  }

  /// Settings that were meant to have a value here and have none.
  private func unusable(in layers: [Layer]) -> Set<String> {
    layers.reduce([]) { paths, layer in paths.subtracting(layer.written.keys).union(layer.unusable) }
  }

  /// Settings and labels of a later layer win one by one; lists replace each other whole. What the file wrote in whatever
  /// order of keys has one order here.
  private func merged(_ layers: [(layer: Layer, environment: String?)], _ environment: String) -> Configuration {
    var written: [String: Configuration.Resolved] = [:]
    var labels: [Configuration.ExternalLabel] = []
    var destinations: [String: Destination] = [:]
    var scrapeConfigs: [Node]?
    var extraRules: [Node] = []
    for (layer, name) in layers {
      for (path, it) in layer.written {
        written[path] = Configuration.Resolved(
          it.value,
          from: name.map { .environment($0, it.location) } ?? .model(it.location)
        )
      }
      for destination in layer.destinations where destinations[destination.name] == nil {
        destinations[destination.name] = destination
      }
      for label in layer.externalLabels {
        if let index = labels.firstIndex(where: { $0.name == label.name }) {
          labels[index] = label
        } else {
          labels.append(label)
        }
      }
      scrapeConfigs = layer.scrapeConfigs ?? scrapeConfigs
      extraRules = layer.extraRules ?? extraRules
    }
    return Configuration(
      environment: environment,
      written: written,
      destinations: Array(destinations.values),
      externalLabels: labels.sorted { $0.name < $1.name },
      scrapeConfigs: scrapeConfigs.map { $0.map(\.ordered) },
      extraRules: extraRules.map(\.ordered)
    )
  }
}
