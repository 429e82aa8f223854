import Model

/// What one level of the file writes: the top, or the overlay of one environment.
struct Layer: Sendable {
  struct Written: Sendable {
    var value: ScalarValue
    var location: Location
  }

  /// Values by the setting's path.
  var written: [String: Written] = [:]
  /// Settings that are there with a value that can't be used.
  var unusable: Set<String> = []
  var destinations: [Destination] = []
  var externalLabels: [Configuration.ExternalLabel] = []
  var scrapeConfigs: [Node]?
  var extraRules: [Node]?
}
